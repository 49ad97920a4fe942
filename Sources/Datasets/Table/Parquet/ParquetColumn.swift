/// What is wrong with a Parquet file, or what of the format is not read here.
struct ParquetProblem: Error {
  let what: String
  let fix: String

  static let broken = ParquetProblem(what: "is no whole Parquet file", fix: "write it again")
}

/// Reads the pages of one column of one group of rows.
struct ParquetColumn {
  /// Parquet's numbers of physical types.
  enum Kind: Int {
    case boolean = 0
    case int32, int64, int96, float, double, bytes
  }

  let kind: Kind
  /// Whether values can be missing.
  let isOptional: Bool
  let codec: Int
  /// The largest a page may be when unpacked.
  let limit: Int

  /// The cells' texts, those of missing values empty.
  func cells(_ bytes: ArraySlice<UInt8>, count: Int, file: String) throws -> [String] {
    var place = bytes.startIndex
    var dictionary: [String] = []
    var cells: [String] = []
    while cells.count < count {
      var reader = ThriftReader(bytes[place...])
      guard let header = reader.structure(), let type = header[1]?.number, let size = header[3]?.number,
        let unpacked = header[2]?.number, size >= 0, size <= bytes.endIndex - reader.position
      else { throw ParquetProblem.broken }
      let page = bytes[reader.position..<reader.position + size]
      place = page.endIndex
      switch type {
      case 2:
        guard let count = header[7]?[1]?.number else { throw ParquetProblem.broken }
        dictionary = try plain(ArraySlice(unpack(page, unpacked, file)), count: count)
      case 0:
        guard let values = header[5]?[1]?.number, let encoding = header[5]?[2]?.number else {
          throw ParquetProblem.broken
        }
        var rest = ArraySlice(try unpack(page, unpacked, file))
        var isThere = [Bool](repeating: true, count: try bounded(values, count - cells.count))
        if isOptional {
          guard let length = little(rest, 4), length <= rest.count - 4 else { throw ParquetProblem.broken }
          let levels = rest[rest.startIndex + 4..<rest.startIndex + 4 + length]
          isThere = try hybrid(levels, width: 1, count: values).map { $0 == 1 }
          rest = rest[levels.endIndex...]
        }
        cells += try spread(rest, encoding, isThere, dictionary)
      case 3:
        guard let head = header[8], let values = head[1]?.number, let encoding = head[4]?.number,
          let length = head[5]?.number, head[6]?.number == 0, 0...page.count ~= length
        else { throw ParquetProblem.broken }
        var isThere = [Bool](repeating: true, count: try bounded(values, count - cells.count))
        let levels = page[page.startIndex..<page.startIndex + length]
        if isOptional { isThere = try hybrid(levels, width: 1, count: values).map { $0 == 1 } }
        let packed = page[levels.endIndex...]
        let rest = try head[7]?.number == 0 ? Array(packed) : unpack(packed, unpacked - length, file)
        cells += try spread(ArraySlice(rest), encoding, isThere, dictionary)
      default: continue
      }
    }
    return cells
  }

  private func bounded(_ count: Int, _ most: Int) throws -> Int {
    guard count > 0, count <= most else { throw ParquetProblem.broken }
    return count
  }

  private func unpack(_ page: ArraySlice<UInt8>, _ size: Int, _ file: String) throws -> [UInt8] {
    guard size >= 0, size <= limit else { throw ParquetProblem.broken }
    switch codec {
    case 0: return Array(page)
    case 1:
      guard let found = unsnappy(page, limit: size) else { throw ParquetProblem.broken }
      return found
    case 2: return try gunzip(Array(page), file: file, limit: size)
    default:
      throw ParquetProblem(
        what: "is packed in a way that is not read here", fix: "write it with snappy, gzip or no compression")
    }
  }

  /// The cells of a page from the values that are there.
  private func spread(
    _ bytes: ArraySlice<UInt8>, _ encoding: Int, _ isThere: [Bool], _ dictionary: [String]
  ) throws -> [String] {
    let count = isThere.count { $0 }
    var values: [String]
    switch encoding {
    case 0: values = try plain(bytes, count: count)
    case 2, 8:
      guard let width = bytes.first, width <= 32 else { throw ParquetProblem.broken }
      values = try hybrid(bytes.dropFirst(), width: Int(width), count: count).map { place in
        guard place < dictionary.count else { throw ParquetProblem.broken }
        return dictionary[place]
      }
    case 3 where kind == .boolean:
      guard let length = little(bytes, 4), length <= bytes.count - 4 else { throw ParquetProblem.broken }
      values = try hybrid(bytes.dropFirst(4).prefix(length), width: 1, count: count).map(String.init)
    default:
      throw ParquetProblem(
        what: "has a column in an encoding that is not read here",
        fix: "write it with the encodings PLAIN or dictionary")
    }
    values.reverse()
    return isThere.map { $0 ? values.removeLast() : "" }
  }

  private func plain(_ bytes: ArraySlice<UInt8>, count: Int) throws -> [String] {
    var place = bytes.startIndex
    func next(_ size: Int) throws -> UInt64 {
      guard size <= bytes.endIndex - place else { throw ParquetProblem.broken }
      defer { place += size }
      return (0..<size).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
    }
    guard count >= 0, count <= 8 * bytes.count else { throw ParquetProblem.broken }
    return try (0..<count).map { index in
      switch kind {
      case .boolean:
        guard index / 8 < bytes.count else { throw ParquetProblem.broken }
        return String(bytes[bytes.startIndex + index / 8] >> UInt8(index % 8) & 1)
      case .int32: return String(Int32(bitPattern: UInt32(truncatingIfNeeded: try next(4))))
      case .int64: return String(Int64(bitPattern: try next(8)))
      case .float: return parquetNumber(Double(Float(bitPattern: UInt32(truncatingIfNeeded: try next(4)))))
      case .double: return parquetNumber(Double(bitPattern: try next(8)))
      case .bytes:
        let size = Int(try next(4))
        guard size <= bytes.endIndex - place else { throw ParquetProblem.broken }
        defer { place += size }
        return String(decoding: bytes[place..<place + size], as: UTF8.self)
      case .int96: throw ParquetProblem(what: "has a column of times", fix: "leave it out")
      }
    }
  }

  /// Numbers in Parquet's mixture of runs and packed bits.
  private func hybrid(_ bytes: ArraySlice<UInt8>, width: Int, count: Int) throws -> [Int] {
    var reader = ThriftReader(bytes)
    var numbers: [Int] = []
    while numbers.count < count {
      guard let head = reader.unsigned() else { throw ParquetProblem.broken }
      let start = reader.position
      let left = count - numbers.count
      if head & 1 == 0 {
        let size = (width + 7) / 8
        guard head > 1, let value = little(bytes[start...], size) else { throw ParquetProblem.broken }
        numbers += [Int](repeating: value, count: min(head >> 1, left))
        reader = ThriftReader(bytes[(start + size)...])
      } else {
        // A last group may be cut short where its values are not all there.
        guard head > 1 else { throw ParquetProblem.broken }
        let groups = min(head >> 1, left)
        let size = groups * width
        let group = bytes[start..<min(start + size, bytes.endIndex)]
        for index in 0..<min(8 * groups, left) {
          var value = 0
          for bit in 0..<width {
            let at = index * width + bit
            guard at / 8 < group.count else { throw ParquetProblem.broken }
            value |= Int(group[group.startIndex + at / 8] >> UInt8(at % 8) & 1) << bit
          }
          numbers.append(value)
        }
        reader = ThriftReader(bytes[group.endIndex...])
      }
    }
    return numbers
  }

  private func little(_ bytes: ArraySlice<UInt8>, _ count: Int) -> Int? {
    guard count <= bytes.count else { return nil }
    return (0..<count).reduce(0) { $0 | Int(bytes[bytes.startIndex + $1]) << (8 * $1) }
  }
}
