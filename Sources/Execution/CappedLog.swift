/// What a worker wrote to its standard error during one trial: the first and the last few kilobytes.
struct CappedLog {
  /// Bytes kept of each end.
  static let capacity = 8192

  private var head: [UInt8] = []
  private var tail: [UInt8] = []
  private var skippedCount = 0

  mutating func append(_ more: UnsafeRawBufferPointer) {
    let room = max(0, Self.capacity - head.count)
    head.append(contentsOf: more.prefix(room))
    tail.append(contentsOf: more.dropFirst(room))
    if tail.count > 2 * Self.capacity { dropExcess() }
  }

  mutating func clear() { self = CappedLog() }

  var text: String {
    var copy = self
    copy.dropExcess()
    let gap = copy.skippedCount > 0 ? Array("\n… \(copy.skippedCount) bytes left out …\n".utf8) : []
    return String(decoding: copy.head + gap + copy.tail, as: UTF8.self)
  }

  private mutating func dropExcess() {
    let excess = tail.count - Self.capacity
    if excess <= 0 { return }
    tail.removeSubrange(..<excess)
    skippedCount += excess
  }
}
