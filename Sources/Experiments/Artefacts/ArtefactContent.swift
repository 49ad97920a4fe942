/// What Assay's own procedures keep: named arrays of float32, of items where it says whose.
///
/// As bytes: the line `assay-artefact 1`, a line of canonical JSON with names and shapes, then the ids of the items (16
/// bytes each, two big-endian halves) and the numbers of each array, row-major, little-endian.
package struct ArtefactContent: Hashable, Sendable {
  package struct Array: Hashable, Sendable {
    package let name: String
    package let shape: [Int]
    /// Row-major, as many as the product of the shape.
    package let values: [Float]

    package init(name: String, shape: [Int], values: [Float]) {
      precondition(values.count == shape.reduce(1, *), "an array has as many numbers as its shape says")
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// Whose rows the arrays hold, in their order; nil where they are not about items.
  package let items: [RowDigest]?
  package let arrays: [Array]

  package init(items: [RowDigest]? = nil, arrays: [Array]) {
    if let items {
      precondition(arrays.allSatisfy { $0.shape.first == items.count }, "an array has a row for each item")
    }
    self.items = items
    self.arrays = arrays
  }

  /// The rows of an array for those items, in their order: items × the array's other dimensions.
  package func rows(_ array: Array, of wanted: [RowDigest]) throws -> [Float] {
    guard let items else { throw ArtefactError.malformed("it is not about items") }
    let width = array.shape.dropFirst().reduce(1, *)
    var places: [RowDigest: Int] = [:]
    for (place, item) in items.enumerated() { places[item] = place }
    var rows: [Float] = []
    rows.reserveCapacity(wanted.count * width)
    for item in wanted {
      guard let place = places[item] else { throw ArtefactError.malformed("it lacks the item \(item.hex)") }
      rows += array.values[place * width..<(place + 1) * width]
    }
    return rows
  }

  // MARK: Bytes

  private static let mark = "assay-artefact 1\n"

  package var bytes: [UInt8] {
    var writer = CanonicalWriter()
    writer.object { w in
      w.key("arrays")
      w.array { w in
        for array in arrays {
          w.object { w in
            w.key("name")
            w.value(array.name)
            w.key("shape")
            w.array { w in for length in array.shape { w.value(length) } }
          }
        }
      }
      if let items {
        w.key("items")
        w.value(items.count)
      }
    }
    var bytes = Swift.Array(Self.mark.utf8) + writer.bytes + [UInt8(ascii: "\n")]
    for item in items ?? [] {
      withUnsafeBytes(of: (item.high.bigEndian, item.low.bigEndian)) { bytes.append(contentsOf: $0) }
    }
    for array in arrays {
      array.values.map(\.bitPattern.littleEndian).withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  package init(bytes: [UInt8]) throws {
    guard bytes.starts(with: Self.mark.utf8),
      let end = bytes.dropFirst(Self.mark.utf8.count).firstIndex(of: UInt8(ascii: "\n"))
    else { throw ArtefactError.malformed("it does not begin as one of Assay's own") }
    var itemCount: Int?
    var shapes: [(name: String, shape: [Int])] = []
    do {
      try CanonicalReader.read(Swift.Array(bytes[Self.mark.utf8.count..<end])) { reader in
        try reader.object { reader, key in
          switch key {
          case "arrays": try reader.array { shapes.append(try $0.artefactArray()) }
          case "items": itemCount = try reader.integer()
          default: throw reader.error("unknown key '\(key)' of an artefact")
          }
        }
      }
    } catch { throw ArtefactError.malformed("\(error)") }
    var place = end + 1
    func take(_ count: Int, of size: Int) throws -> ArraySlice<UInt8> {
      let (length, overflow) = count.multipliedReportingOverflow(by: size)
      guard count >= 0, !overflow, length <= bytes.count - place else {
        throw ArtefactError.malformed("it ends too early")
      }
      defer { place += length }
      return bytes[place..<place + length]
    }
    items = try itemCount.map { count in
      try take(count, of: 16).withUnsafeBytes { raw in
        (0..<count).map { i in
          RowDigest(
            high: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 16 * i, as: UInt64.self)),
            low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 16 * i + 8, as: UInt64.self)))
        }
      }
    }
    var arrays: [Array] = []
    for (name, shape) in shapes {
      var count = 1
      for length in shape {
        let (product, overflow) = count.multipliedReportingOverflow(by: length)
        guard length >= 0, !overflow else { throw ArtefactError.malformed("an array of impossible shape") }
        count = product
      }
      let values = try take(count, of: 4).withUnsafeBytes { raw in
        (0..<count).map { i in
          Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)))
        }
      }
      guard itemCount == nil || shape.first == itemCount else {
        throw ArtefactError.malformed("the array '\(name)' has no row for each item")
      }
      arrays.append(Array(name: name, shape: shape, values: values))
    }
    guard place == bytes.count else { throw ArtefactError.malformed("more after the end") }
    self.arrays = arrays
  }
}

extension CanonicalReader {
  fileprivate mutating func artefactArray() throws -> (name: String, shape: [Int]) {
    var name = ""
    var shape: [Int] = []
    try object { reader, key in
      switch key {
      case "name": name = try reader.text()
      case "shape": try reader.array { shape.append(try $0.integer()) }
      default: throw reader.error("unknown key '\(key)' of an array")
      }
    }
    return (name, shape)
  }
}
