"""Writes ParquetVectors.swift beside the tests: small files by pyarrow 26 as base64, with the CSV text they stand for.

Run in this folder: python3 make-parquet.py > ../ParquetVectors.swift
"""
import base64
import io

import pyarrow
import pyarrow.parquet

N = 40
outputs = pyarrow.table({
    "id": [f"row, {i}" for i in range(N)],
    "label": ["cat" if i % 3 else "dog" for i in range(N)],
    "cat": pyarrow.array([(i % 9) / 8 for i in range(N)], pyarrow.float64()),
    "dog": pyarrow.array([1 - (i % 9) / 8 for i in range(N)], pyarrow.float32()),
    "count": pyarrow.array([i * i - 7 for i in range(N)], pyarrow.int64()),
    "small": pyarrow.array([-i for i in range(N)], pyarrow.int32()),
    "flag": [i % 5 == 0 for i in range(N)],
})
gaps = pyarrow.table({"y": [1.5, None, 3.0, None, None, 6.25], "name": ["a", "b", None, "a", "b", "a"]})
required = outputs.cast(pyarrow.schema([field.with_nullable(False) for field in outputs.schema]))


def cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    text = str(value)
    return f'"{text}"' if "," in text else text


def text(table):
    rows = [",".join(table.column_names)]
    rows += [",".join(cell(value) for value in row.values()) for row in table.to_pylist()]
    return "\n".join(rows) + "\n"


def packed(table, **options):
    file = io.BytesIO()
    pyarrow.parquet.write_table(table, file, store_schema=False, **options)
    return base64.b64encode(file.getvalue()).decode()


def literal(value):
    lines = [value[i:i + 110] for i in range(0, len(value), 110)]
    return '"""\n    ' + "\\\n    ".join(lines) + '\n    """'


good = [
    ("snappy, dictionaries", outputs, {}),
    ("no packing, no dictionaries", outputs, {"compression": "none", "use_dictionary": False}),
    ("gzip, three groups of rows", outputs, {"compression": "gzip", "row_group_size": 15}),
    ("second version of pages", outputs, {"data_page_version": "2.0", "version": "2.6"}),
    ("no value may be missing", required, {}),
    ("missing values", gaps, {}),
    ("missing values in pages of the second version", gaps, {"data_page_version": "2.0"}),
]
bad = [
    ("is packed in a way that is not read here", gaps, {"compression": "zstd"}),
    ("has columns inside columns", pyarrow.table({"y": [[1, 2], [3]]}), {}),
    ("has a column in an encoding that is not read here", outputs.select(["cat"]),
     {"use_dictionary": False, "column_encoding": {"cat": "BYTE_STREAM_SPLIT"}}),
]
print("// Made by References/make-parquet.py with pyarrow.\n")
print("/// Files of several kinds, as base64, with the text they stand for.\nlet parquetFiles: [(name: String, base64: String, text: String)] = [")
for name, table, options in good:
    body = text(table).replace("\\", "\\\\")
    lines = "\n".join("    " + line for line in body.split("\n"))
    print(f'  (\n    "{name}",\n    {literal(packed(table, **options))},\n    """\n{lines.rstrip()}\n\n    """\n  ),')
print("]\n\n/// Files that are refused, with the reason.\nlet refusedParquetFiles: [(reason: String, base64: String)] = [")
for name, table, options in bad:
    print(f'  (\n    "{name}",\n    {literal(packed(table, **options))}\n  ),')
print("]")
