"""Writes noisy-digits.csv.gz from the digits of studies/data.

Rows are put in a fixed random order; of the first 1,078, which are learned from, three in ten have a wrong label, drawn
evenly from the nine others. The next 360 are for choosing, the last 359 for scoring; their labels are right.
"""
import csv
import gzip
import pathlib
import random

here = pathlib.Path(__file__).parent
with gzip.open(here / "../../data/digits.csv.gz", "rt") as file:
    rows = [[int(float(x)) for x in row] for row in csv.reader(file)]

draw = random.Random(1711)
draw.shuffle(rows)
learned = 1078
for place in draw.sample(range(learned), round(0.3 * learned)):
    rows[place][-1] = draw.choice([c for c in range(10) if c != rows[place][-1]])

with open(here / "noisy-digits.csv.gz", "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as file:
    file.write((",".join(f"p{i}" for i in range(64)) + ",digit\n").encode())
    for row in rows:
        file.write((",".join(map(str, row[:-1])) + f",d{row[-1]}\n").encode())
