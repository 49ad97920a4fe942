import Tensors

/// Rows of a stream in memory, and what an earlier network said of them.
package struct StreamRows {
  package let columns: Int
  /// rows × columns.
  package let features: FloatBuffer
  /// The place of each row's class in the stream.
  package let labels: [Int32]
  /// Logits of an earlier network, rows × `classes`; nil without one.
  package let logits: FloatBuffer?

  package init(features: FloatBuffer, labels: [Int32], columns: Int, logits: FloatBuffer? = nil) {
    precondition(features.count == labels.count * columns, "every row has a label")
    self.features = features
    self.labels = labels
    self.columns = columns
    self.logits = logits
  }

  package var count: Int { labels.count }

  /// Some of the rows, in that order.
  func rows(at places: [Int]) -> StreamRows {
    StreamRows(
      features: chosen(features, columns, places), labels: places.map { labels[$0] }, columns: columns,
      logits: logits.map { chosen($0, $0.count / count, places) })
  }

  /// These rows, then others; what was said of them is dropped unless it is known of both.
  func joined(with others: StreamRows?) -> StreamRows {
    guard let others else { return self }
    var said: FloatBuffer?
    if let mine = logits, let theirs = others.logits { said = FloatBuffer(mine.values + theirs.values) }
    return StreamRows(
      features: FloatBuffer(features.values + others.features.values), labels: labels + others.labels,
      columns: columns, logits: said)
  }

  func with(logits: FloatBuffer?) -> StreamRows {
    StreamRows(features: features, labels: labels, columns: columns, logits: logits)
  }

  /// The same rows with labels counted from `first`.
  func labelled(from first: Int) -> StreamRows {
    StreamRows(
      features: features, labels: labels.map { $0 - Int32(first) }, columns: columns, logits: logits)
  }

  /// Each row followed by further numbers, rows × `width`.
  func widened(by more: FloatBuffer, width: Int) -> StreamRows {
    let wide = FloatBuffer(zeros: count * (columns + width))
    for i in 0..<count {
      let row = wide.base + i * (columns + width)
      row.update(from: features.base + i * columns, count: columns)
      (row + columns).update(from: more.base + i * width, count: width)
    }
    return StreamRows(features: wide, labels: labels, columns: columns + width, logits: logits)
  }
}

/// Some rows of a block, in that order.
func chosen(_ block: FloatBuffer, _ columns: Int, _ places: [Int]) -> FloatBuffer {
  let some = FloatBuffer(zeros: places.count * columns)
  for (i, place) in places.enumerated() {
    (some.base + i * columns).update(from: block.base + place * columns, count: columns)
  }
  return some
}
