/// Cuts what arrives on a pipe into lines; time is linear in the bytes however they arrive.
struct LineBuffer {
  private var bytes: [UInt8] = []
  /// Where the first line that was not taken begins.
  private var start = 0
  /// Up to where there is no end of a line.
  private var searched = 0

  /// Bytes of the line that has not ended yet.
  var unfinishedCount: Int { bytes.count - start }

  mutating func append(_ more: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: more)
  }

  /// Takes the next whole line without its end; nil where there is none.
  mutating func nextLine() -> [UInt8]? {
    guard let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
      searched = bytes.count
      if start > 0 {
        bytes.removeSubrange(..<start)
        searched -= start
        start = 0
      }
      return nil
    }
    let line = Array(bytes[start..<end])
    start = end + 1
    searched = start
    return line
  }
}
