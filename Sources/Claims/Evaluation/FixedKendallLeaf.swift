import Statistics

/// Kendall's τ-b of pairs whose values stay and whose weights are resampled, such as architectures drawn
/// anew.
///
/// Concordances are counted once. A resample costs one pass over the pairs of pairs, and leaving out a draw
/// only the row of what it weighs: τ-b's three sums are quadratic in the weights. All sums are of whole
/// numbers, so the value equals `kendallTauB` bit for bit.
final class FixedKendallLeaf: SampleLeaf {
  let keys: KeySet
  /// Pair × unit.
  private let codes: [[Int32]]
  /// Pair × pair: sign of x times sign of y, and whether x and y differ.
  private let concordances: [Sums]
  private var weightOfPair: [Double] = []
  /// By pair: its sums with all others, weighted by them.
  private var rows: [Sums] = []
  private var total = Sums()

  /// C − D, n₀ − n₁ and n₀ − n₂, or one pair's part of them.
  private struct Sums {
    var difference = 0.0
    var x = 0.0
    var y = 0.0

    mutating func add(_ other: Sums, _ weight: Double) {
      difference += weight * other.difference
      x += weight * other.x
      y += weight * other.y
    }
  }

  init(_ pairs: [(x: Double, y: Double)], codes: [[Int32]], units: Int) {
    keys = KeySet.single(units: units)
    let defined = pairs.indices.filter { !pairs[$0].x.isNaN && !pairs[$0].y.isNaN }
    self.codes = defined.map { codes[$0] }
    func sign(_ a: Double, _ b: Double) -> Double { a > b ? 1 : a < b ? -1 : 0 }
    concordances = defined.flatMap { i in
      defined.map { j in
        let (x, y) = (sign(pairs[i].x, pairs[j].x), sign(pairs[i].y, pairs[j].y))
        return Sums(difference: x * y, x: x * x, y: y * y)
      }
    }
  }

  func load(_ weights: LevelWeights) {
    weightOfPair = codes.map(weights.product)
    let count = codes.count
    rows = [Sums](repeating: Sums(), count: count)
    total = Sums()
    concordances.withUnsafeBufferPointer { concordances in
      for i in 0..<count {
        var row = Sums()
        for j in 0..<count where weightOfPair[j] > 0 { row.add(concordances[i * count + j], weightOfPair[j]) }
        rows[i] = row
        total.add(row, weightOfPair[i] / 2)
      }
    }
  }

  func values(_ weights: LevelWeights) -> [Double] {
    var sums = total
    if let omitted = weights.omitted {
      let touched = codes.indices.filter { codes[$0][omitted.unit] == omitted.level }
      let lost = 1 - weights.remaining
      for i in touched { sums.add(rows[i], -lost * weightOfPair[i]) }
      for i in touched {
        for j in touched {
          sums.add(concordances[i * codes.count + j], lost * lost * weightOfPair[i] * weightOfPair[j] / 2)
        }
      }
    }
    guard sums.x > 0, sums.y > 0 else { return [.nan] }
    return [sums.difference / (sums.x * sums.y).squareRoot()]
  }
}
