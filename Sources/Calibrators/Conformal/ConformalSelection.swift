import Randomness

/// Selecting new rows whose unseen target is above 0, with the false discovery rate controlled, by conformal p-values and by
/// the e-values that allow the score to be chosen with the same data (Jin, Candès, JMLR 2023; Bai, Jin, arXiv 2411.17983).
package enum ConformalSelection {
  /// The scores of one candidate model: small where it expects a large target.
  ///
  /// With predictions μ they are V = 1000 · [Y > 0] − μ of the calibration rows and V̂ = −μ of the new ones ("clipped").
  package struct Scores: Sendable {
    /// Ascending.
    let calibration: [Double]
    package let new: [Double]

    /// - Parameters:
    ///   - calibration: predictions of the calibration rows.
    ///   - isPositive: whether their targets are above 0.
    ///   - new: predictions of the new rows.
    package init(calibration: [Double], isPositive: [Bool], new: [Double]) {
      self.calibration = zip(calibration, isPositive).map { ($1 ? 1000 : 0) - $0 }.sorted()
      self.new = new.map { -$0 }
    }

    /// How many calibration scores are below a score, or at most it.
    fileprivate func count(_ score: Double, includingEqual: Bool) -> Int {
      var (low, high) = (0, calibration.count)
      while low < high {
        let middle = (low + high) / 2
        if calibration[middle] < score || includingEqual && calibration[middle] == score {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return low
    }

    /// p_j = (1 + #{V < V̂_j}) / (n + 1) of each new row.
    package var pValues: [Double] { new.map(pValue) }

    fileprivate func pValue(_ score: Double) -> Double {
      Double(1 + count(score, includingEqual: false)) / Double(calibration.count + 1)
    }
  }

  /// How e-values become a selection: as they are, or divided by one uniform draw, or by a draw each.
  package enum Pruning: String, Sendable, CaseIterable { case deterministic, homogeneous, heterogeneous }

  /// How many hypotheses Benjamini and Hochberg's procedure rejects: the largest r with p₍ᵣ₎ ≤ q·r/m.
  package static func rejections(ascending p: [Double], level: Double) -> Int {
    for r in stride(from: p.count, to: 0, by: -1) where p[r - 1] <= level * Double(r) / Double(p.count) {
      return r
    }
    return 0
  }

  /// Benjamini and Hochberg's selection.
  package static func selection(_ p: [Double], level: Double) -> [Bool] {
    let bound = level * Double(rejections(ascending: p.sorted(), level: level)) / Double(p.count)
    return p.map { $0 <= bound && bound > 0 }
  }

  /// The size R of the selection when new row j itself counts as selected: of the procedure at the p-values
  /// (#{V ≤ V̂_l} + [V̂_j ≤ V̂_l]) / (n + 1) of the others and 0 of j.
  package static func sizes(_ scores: Scores, level: Double) -> [Int] {
    let order = scores.new.indices.sorted { (scores.new[$0], $0) < (scores.new[$1], $1) }
    let counts = order.map { scores.count(scores.new[$0], includingEqual: true) }
    var sizes = [Int](repeating: 0, count: order.count)
    for (place, j) in order.enumerated() {
      sizes[j] = size(scores, order, counts, without: place, level: level)
    }
    return sizes
  }

  /// The same for one row alone.
  package static func size(_ scores: Scores, of j: Int, level: Double) -> Int {
    let order = scores.new.indices.sorted { (scores.new[$0], $0) < (scores.new[$1], $1) }
    let counts = order.map { scores.count(scores.new[$0], includingEqual: true) }
    return size(scores, order, counts, without: order.firstIndex(of: j)!, level: level)
  }

  /// The p-values ascend with the scores, so that the selection's size is found from the largest down.
  private static func size(
    _ scores: Scores, _ order: [Int], _ counts: [Int], without place: Int, level: Double
  ) -> Int {
    let own = scores.new[order[place]]
    let m = order.count
    let unit = 1 / Double(scores.calibration.count + 1)
    // Rank 1 is row j with p = 0; the others follow in their order.
    var r = m
    for other in stride(from: m - 1, through: 0, by: -1) where other != place {
      let p = Double(counts[other] + (own <= scores.new[order[other]] ? 1 : 0)) * unit
      if p <= level * Double(r) / Double(m) { return r }
      r -= 1
    }
    return 1
  }

  /// Selection by e-values: e_j = [p_j ≤ qR_j/m] · m/(qR_j), and Benjamini and Hochberg's procedure at ξ/e_j.
  ///
  /// - Parameters:
  ///   - p: of each new row, from the model chosen for it.
  ///   - sizes: R of each new row, from the same model.
  package static func selection(
    _ p: [Double], sizes: [Int], level: Double, pruning: Pruning, stream: inout RandomStream
  ) -> [Bool] {
    let m = Double(p.count)
    let common = stream.uniform()
    let inverse = zip(p, sizes).map { p, size in
      let bound = level * Double(size) / m
      let draw: Double =
        switch pruning {
        case .deterministic: 1
        case .homogeneous: common
        case .heterogeneous: stream.uniform()
        }
      return p <= bound && bound > 0 ? draw * bound : .infinity
    }
    return selection(inverse, level: level)
  }

  /// OptCS-MSel: for each new row the candidate with the largest R, ties at random, then selection by e-values.
  package static func optimised(
    _ candidates: [Scores], level: Double, pruning: Pruning, stream: inout RandomStream
  ) -> [Bool] {
    let sizes = candidates.map { Self.sizes($0, level: level) }
    var (p, chosen) = ([Double](), [Int]())
    for j in candidates[0].new.indices {
      let largest = sizes.map { $0[j] }.max()!
      let best = candidates.indices.filter { sizes[$0][j] == largest }
      let candidate = candidates[best[stream.below(best.count)]]
      p.append(candidate.pValue(candidate.new[j]))
      chosen.append(largest)
    }
    return selection(p, sizes: chosen, level: level, pruning: pruning, stream: &stream)
  }
}
