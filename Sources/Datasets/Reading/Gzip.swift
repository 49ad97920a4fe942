import CZlib

/// Unpacks a gzip file (RFC 1952) of one or more members; checks lengths and CRCs.
///
/// - Parameter file: the name that errors give.
package func gunzip(
  _ packed: [UInt8], file: String, limit: Int = largestFile
) throws(DataError) -> [UInt8] {
  guard packed.count >= 2, packed[0] == 0x1F, packed[1] == 0x8B else {
    throw .gzip(file, packed.isEmpty ? "is empty" : "is not in gzip format")
  }
  var stream = z_stream()
  // 15 bits of window, plus 16 for the gzip format.
  guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
    throw .unreadable(file, "there is no memory to unpack it")
  }
  defer { inflateEnd(&stream) }
  var out: [UInt8] = []
  out.reserveCapacity(packed.count * 6)
  try packed.withUnsafeBufferPointer { (input) throws(DataError) in
    try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { (chunk) throws(DataError) in
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.avail_in = UInt32(input.count)
      while true {
        stream.next_out = chunk.baseAddress
        stream.avail_out = UInt32(chunk.count)
        let status = inflate(&stream, Z_NO_FLUSH)
        out.append(contentsOf: chunk[..<(chunk.count - Int(stream.avail_out))])
        guard out.count <= limit else { throw .tooLarge(file) }
        switch status {
        case Z_OK: continue
        case Z_STREAM_END where stream.avail_in == 0: return
        case Z_STREAM_END: inflateReset(&stream)
        case Z_BUF_ERROR: throw .gzip(file, "is truncated")
        default: throw .gzip(file, "is corrupted")
        }
      }
    }
  }
  return out
}

extension DataError {
  static func gzip(_ file: String, _ problem: String) -> DataError {
    DataError(
      .corruptedFile, "the file '\(file)' \(problem)",
      note: "a file ending in .gz must be a whole gzip archive",
      fix: "copy or pack the file again")
  }
}
