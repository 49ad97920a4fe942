import Tensors

/// Some rows of each class seen, chosen by herding (Rebuffi et al., CVPR 2017, algorithm 4).
///
/// One after the other, the row is taken whose unit-length features bring the mean of those taken nearest to the
/// mean of all of its class; the first of equals.
package struct ExemplarMemory {
  private let perClass: Int
  /// Class by class; nil before the first session.
  package private(set) var rows: StreamRows?

  package init(perClass: Int) { self.perClass = perClass }

  /// Takes rows of a session's classes in.
  ///
  /// - Parameters:
  ///   - features: what the network makes of the session's rows, rows × width.
  ///   - logits: kept with the rows, rows × classes; nil to keep none.
  package mutating func add(_ session: Session, features: FloatBuffer, width: Int, logits: FloatBuffer? = nil)
  {
    let units = unitLengths(features, width)
    var places: [Int] = []
    for label in session.old..<session.seen {
      let own = session.rows.labels.indices.filter { session.rows.labels[$0] == Int32(label) }
      places += Self.herded(own, units, width, count: min(perClass, own.count))
    }
    let kept = session.rows.with(logits: logits).rows(at: places)
    rows = rows.map { $0.joined(with: kept) } ?? kept
  }

  private static func herded(_ own: [Int], _ units: FloatBuffer, _ width: Int, count: Int) -> [Int] {
    var mean = [Double](repeating: 0, count: width)
    for row in own { for j in 0..<width { mean[j] += Double(units.base[row * width + j]) } }
    for j in 0..<width { mean[j] /= Double(own.count) }
    var sum = [Double](repeating: 0, count: width)
    var left = own
    var taken: [Int] = []
    while taken.count < count {
      var best = (distance: Double.infinity, position: 0)
      let size = Double(taken.count + 1)
      for (position, row) in left.enumerated() {
        var distance = 0.0
        for j in 0..<width {
          let difference = mean[j] - (sum[j] + Double(units.base[row * width + j])) / size
          distance += difference * difference
        }
        if distance < best.distance { best = (distance, position) }
      }
      let row = left.remove(at: best.position)
      for j in 0..<width { sum[j] += Double(units.base[row * width + j]) }
      taken.append(row)
    }
    return taken
  }
}

/// Each row divided by its Euclidean length; a row of zeros stays.
func unitLengths(_ block: FloatBuffer, _ width: Int) -> FloatBuffer {
  let units = FloatBuffer(zeros: block.count)
  for i in 0..<block.count / width {
    let row = block.base + i * width
    var square = 0.0
    for j in 0..<width { square += Double(row[j]) * Double(row[j]) }
    let factor = square > 0 ? 1 / square.squareRoot() : 0
    for j in 0..<width { units.base[i * width + j] = Float(Double(row[j]) * factor) }
  }
  return units
}
