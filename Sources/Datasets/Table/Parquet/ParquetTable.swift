import Experiments

/// A flat Parquet file (PLAIN and dictionary encodings; Snappy, gzip or no compression) as a table.
///
/// It becomes comma-separated text, so that whatever is wrong in it is found, and placed by row, as in a CSV file: line n + 1
/// is the n-th row. A missing value is an empty cell.
func parquetTable(_ bytes: [UInt8], file: String) throws(DataError) -> [UInt8] {
  do {
    return try ParquetFile(bytes, file).text
  } catch let problem as ParquetProblem {
    throw DataError(.badDataFile, "'\(file)' \(problem.what)", fix: problem.fix)
  } catch let error as DataError {
    throw error
  } catch {
    throw DataError(.badDataFile, "'\(file)' cannot be read: \(error)")
  }
}

/// As a CSV file has it: a whole number without a point.
func parquetNumber(_ value: Double) -> String { numberLabel(value) }

/// The columns of a Parquet file as text.
private struct ParquetFile {
  let text: [UInt8]

  private struct Column {
    let name: String
    let kind: ParquetColumn.Kind
    let isOptional: Bool
    var cells: [String] = []
  }

  init(_ bytes: [UInt8], _ file: String) throws {
    let mark = Array("PAR1".utf8)
    guard bytes.count > 12, bytes.prefix(4).elementsEqual(mark), bytes.suffix(4).elementsEqual(mark) else {
      throw ParquetProblem(
        what: "is no Parquet file", fix: "write it again, or name the file after its format")
    }
    let end = bytes.count - 8
    let length = (0..<4).reduce(0) { $0 | Int(bytes[end + $1]) << (8 * $1) }
    guard length <= end - 4 else { throw ParquetProblem.broken }
    var reader = ThriftReader(bytes[(end - length)..<end])
    guard let footer = reader.structure(), let schema = footer[2]?.list, let groups = footer[4]?.list else {
      throw ParquetProblem.broken
    }
    var columns = try Self.columns(schema)
    for group in groups {
      guard let chunks = group[1]?.list, chunks.count == columns.count, let rows = group[3]?.number, rows >= 0
      else { throw ParquetProblem.broken }
      for (place, chunk) in chunks.enumerated() {
        guard let facts = chunk[3], let codec = facts[4]?.number, facts[5]?.number == rows,
          let size = facts[7]?.number, let data = facts[9]?.number
        else { throw ParquetProblem.broken }
        let start = min(facts[11]?.number ?? data, data)
        // Runs of equal values take next to no room; more rows than this a byte are damage.
        guard start >= 4, size >= 0, size <= end - length - start, rows <= 1_000 * bytes.count else {
          throw ParquetProblem.broken
        }
        let column = ParquetColumn(
          kind: columns[place].kind, isOptional: columns[place].isOptional, codec: codec, limit: largestFile)
        columns[place].cells += try column.cells(bytes[start..<start + size], count: rows, file: file)
      }
    }
    var lines = [columns.map { Self.quoted($0.name) }.joined(separator: ",")]
    for row in 0..<(columns.first?.cells.count ?? 0) {
      lines.append(columns.map { Self.quoted($0.cells[row]) }.joined(separator: ","))
    }
    text = Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private static func columns(_ schema: [ThriftValue]) throws -> [Column] {
    guard let root = schema.first, root[5]?.number == schema.count - 1, schema.count > 1 else {
      throw ParquetProblem(
        what: "has columns inside columns", fix: "write a column of numbers for each of them")
    }
    return try schema.dropFirst().map { column in
      guard let name = column[4]?.text, let kind = column[1]?.number.flatMap(ParquetColumn.Kind.init),
        let repetition = column[3]?.number
      else {
        throw ParquetProblem(what: "has a column that holds no numbers and no text", fix: "leave it out")
      }
      guard column[6]?.number != 5 else {
        throw ParquetProblem(
          what: "has decimal fractions in the column \(quotedName(name))", fix: "write them as doubles")
      }
      guard repetition < 2 else {
        throw ParquetProblem(
          what: "has a list in the column \(quotedName(name))", fix: "write a column of numbers for each item"
        )
      }
      return Column(name: name, kind: kind, isOptional: repetition == 1)
    }
  }

  private static func quotedName(_ name: String) -> String { "'\(name)'" }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\n\r".contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
