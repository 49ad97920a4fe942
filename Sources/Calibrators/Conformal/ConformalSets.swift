/// Prediction sets of classes that hold the truth with a chosen probability, by split conformal prediction.
package struct ConformalSets: Sendable {
  /// How far a class is from being predicted; a set holds the classes whose score is at most a threshold.
  package enum Score: Sendable {
    /// 1 − p (Sadinle, Lei, Wasserman, JASA 2019).
    case threshold
    /// The sum of all probabilities above the class's own, plus u times its own (APS; Romano, Sesia, Candès, NeurIPS 2020),
    /// plus `penalty` for each rank beyond `free` (RAPS; Angelopoulos et al., ICLR 2021).
    ///
    /// Classes of equal probability are ranked in their order.
    case cumulative(penalty: Double, free: Int)
  }

  private let score: Score
  private let classes: Int
  /// One a class; all equal but for class-conditional sets.
  package let thresholds: [Double]

  /// - Parameters:
  ///   - probabilities: of the calibration rows, rows × classes.
  ///   - uniforms: the u of each row, for randomised sets; all 1 for sets that are not.
  ///   - isClassConditional: whether the coverage holds within each class: each gets a threshold from its own rows.
  package init(
    _ score: Score, coverage: Double, isClassConditional: Bool, probabilities: [Double], classes: Int,
    labels: [Int32], uniforms: [Double]
  ) {
    self.score = score
    self.classes = classes
    let scores = labels.indices.map { row in
      Self.scores(
        score, probabilities[row * classes..<(row + 1) * classes], uniform: uniforms[row])[Int(labels[row])]
    }
    let all = isClassConditional ? 0 : conformalQuantile(scores, coverage: coverage)
    thresholds = (0..<classes).map { label in
      guard isClassConditional else { return all }
      return conformalQuantile(
        labels.indices.filter { Int(labels[$0]) == label }.map { scores[$0] }, coverage: coverage)
    }
  }

  /// Which classes are in the set of each row, rows × classes.
  package func sets(probabilities: [Double], uniforms: [Double]) -> [Bool] {
    uniforms.indices.flatMap { row in
      let scores = Self.scores(
        score, probabilities[row * classes..<(row + 1) * classes], uniform: uniforms[row])
      return zip(scores, thresholds).map { $0 <= $1 }
    }
  }

  /// The scores of a row's classes.
  private static func scores(_ score: Score, _ row: ArraySlice<Double>, uniform: Double) -> [Double] {
    let p = Array(row)
    guard case .cumulative(let penalty, let free) = score else { return p.map { 1 - $0 } }
    var scores = p
    var above = 0.0
    for (rank, label) in p.indices.sorted(by: { (p[$1], $0) < (p[$0], $1) }).enumerated() {
      scores[label] = above + uniform * p[label] + penalty * Double(max(0, rank + 1 - free))
      above += p[label]
    }
    return scores
  }
}
