/// A value of Thrift's compact protocol, in which Parquet files describe themselves.
enum ThriftValue {
  case number(Int)
  case text([UInt8])
  case list([ThriftValue])
  /// By the fields' numbers.
  case structure([Int: ThriftValue])
  /// Of a kind that is of no use here.
  case other

  var number: Int? { if case .number(let value) = self { value } else { nil } }
  var text: String? {
    if case .text(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil }
  }
  var list: [ThriftValue]? { if case .list(let values) = self { values } else { nil } }

  subscript(field: Int) -> ThriftValue? {
    if case .structure(let fields) = self { fields[field] } else { nil }
  }
}

/// Reads Thrift's compact protocol; nil of whatever is cut off, nested too deeply or not of it.
struct ThriftReader {
  private let bytes: ArraySlice<UInt8>
  private(set) var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  mutating func structure(depth: Int = 0) -> ThriftValue? {
    guard depth < 32 else { return nil }
    var fields: [Int: ThriftValue] = [:]
    var field = 0
    while let head = byte() {
      let kind = head & 15
      if kind == 0 { return .structure(fields) }
      if head >> 4 == 0 {
        guard let number = zigzag() else { return nil }
        field = number
      } else {
        field &+= Int(head >> 4)
      }
      guard let value = value(kind, depth: depth, isField: true) else { return nil }
      fields[field] = value
    }
    return nil
  }

  /// A length or a number without sign.
  mutating func unsigned() -> Int? {
    var value = 0
    for shift in stride(from: 0, to: 63, by: 7) {
      guard let next = byte() else { return nil }
      value |= Int(next & 127) << shift
      if next < 128 { return value }
    }
    return nil
  }

  private mutating func zigzag() -> Int? {
    unsigned().map { $0 >> 1 ^ -($0 & 1) }
  }

  private mutating func byte() -> UInt8? {
    guard position < bytes.endIndex else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  private mutating func value(_ kind: UInt8, depth: Int, isField: Bool) -> ThriftValue? {
    switch kind {
    // A field's truth is its kind; in a list it has a byte.
    case 1, 2: return isField ? .number(kind == 1 ? 1 : 0) : byte().map { .number(Int($0)) }
    case 3: return byte().map { .number(Int(Int8(bitPattern: $0))) }
    case 4, 5, 6: return zigzag().map { .number($0) }
    case 7: return skip(8)
    case 8:
      guard let count = unsigned(), count <= bytes.endIndex - position else { return nil }
      defer { position += count }
      return .text(Array(bytes[position..<position + count]))
    case 9, 10:
      guard let head = byte(), let count = head >> 4 == 15 ? unsigned() : Int(head >> 4),
        count <= bytes.endIndex - position, depth < 32
      else { return nil }
      var values: [ThriftValue] = []
      for _ in 0..<count {
        guard let next = value(head & 15, depth: depth + 1, isField: false) else { return nil }
        values.append(next)
      }
      return .list(values)
    case 12: return structure(depth: depth + 1)
    default: return nil
    }
  }

  private mutating func skip(_ count: Int) -> ThriftValue? {
    guard count <= bytes.endIndex - position else { return nil }
    position += count
    return .other
  }
}
