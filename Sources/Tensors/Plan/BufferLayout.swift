/// Assigns each buffer a place in one block such that buffers in use at the same time do not overlap.
struct BufferLayout {
  /// A buffer and the steps, first to last, during which it is in use.
  struct Buffer {
    let bytes: Int
    let first: Int
    var last: Int
  }

  private(set) var offsets: [Int]
  private(set) var bytes = 0

  /// Buffers in the order of their first steps. Each takes the smallest gap that holds it.
  init(_ buffers: [Buffer]) {
    offsets = [Int](repeating: 0, count: buffers.count)
    let order = buffers.indices.sorted { (buffers[$0].first, $0) < (buffers[$1].first, $1) }
    // Buffers in use, by offset.
    var live: [(offset: Int, end: Int, last: Int)] = []
    for i in order {
      let size = (max(buffers[i].bytes, 1) + 63) & ~63
      live.removeAll { $0.last < buffers[i].first }
      var best: (gap: Int, offset: Int, place: Int)?
      var end = 0
      for (place, buffer) in live.enumerated() {
        let gap = buffer.offset - end
        if gap >= size && gap < best?.gap ?? .max { best = (gap, end, place) }
        end = buffer.end
      }
      let (offset, place) = best.map { ($0.offset, $0.place) } ?? (end, live.count)
      live.insert((offset, offset + size, buffers[i].last), at: place)
      offsets[i] = offset
      bytes = max(bytes, offset + size)
    }
  }
}
