/// Unpacks Snappy's format without framing; nil where the bytes are none, or more than `limit` comes of them.
func unsnappy(_ packed: ArraySlice<UInt8>, limit: Int) -> [UInt8]? {
  var reader = ThriftReader(packed)
  // The length is written as Thrift writes numbers. Three bytes make 64 at most.
  guard let length = reader.unsigned(), length <= min(limit, 64 * packed.count) else { return nil }
  var place = reader.position
  let end = packed.endIndex
  var out: [UInt8] = []
  out.reserveCapacity(length)
  func little(_ count: Int) -> Int? {
    guard count <= end - place else { return nil }
    defer { place += count }
    return (0..<count).reduce(0) { $0 | Int(packed[place + $1]) << (8 * $1) }
  }
  while place < end {
    let tag = Int(packed[place])
    place += 1
    var count = tag >> 2 + 1
    let offset: Int
    switch tag & 3 {
    case 0:
      if count > 60 {
        guard let written = little(count - 60) else { return nil }
        count = written + 1
      }
      guard count <= end - place, out.count + count <= length else { return nil }
      out += packed[place..<place + count]
      place += count
      continue
    case 1:
      guard let low = little(1) else { return nil }
      count = tag >> 2 & 7 + 4
      offset = (tag >> 5) << 8 | low
    default:
      guard let found = little(tag & 3 == 2 ? 2 : 4) else { return nil }
      offset = found
    }
    guard offset > 0, offset <= out.count, out.count + count <= length else { return nil }
    // Byte by byte: a copy may overlap what it makes.
    for _ in 0..<count { out.append(out[out.count - offset]) }
  }
  return out.count == length ? out : nil
}
