import Experiments
import Parts
import Randomness

extension Dataset {
  /// The data set with some rows altered; what is random of a row depends on its position alone, never on which others are
  /// altered with it.
  ///
  /// - Parameter strength: from 0 to 1; see `Alteration`.
  func altered(_ alteration: Alteration, _ strength: Double, rows: [Int32]) throws(DataError) -> Dataset {
    var features = features
    let (low, high) = (features.min() ?? 0, features.max() ?? 0)
    let side = Int(Double(columns).squareRoot().rounded())
    if alteration == .blur, side * side != columns {
      throw DataError(
        .badSubset, "rows of \(columns) features are no square images to blur",
        fix: "alter them by 'noise', 'fade' or 'scramble'")
    }
    for row in rows {
      let range = Int(row) * columns..<(Int(row) + 1) * columns
      let old = features[range].map { Double($0) }
      var stream = RandomStream(seed: 0, role: "data", purpose: alteration.rawValue, index: Int(row))
      let spread = Double(high) - Double(low)
      let new: [Double]
      switch alteration {
      case .noise: new = old.map { $0 + strength * spread * stream.normal() }
      case .scramble:
        new = old.map { value in
          let (chance, drawn) = (stream.uniform(), stream.uniform())
          return chance < strength ? Double(low) + spread * drawn : value
        }
      case .fade:
        let mean = old.reduce(0, +) / Double(columns)
        new = old.map { $0 + strength * (mean - $0) }
      case .blur:
        new = old.indices.map { place in
          old[place] + strength * (Self.neighbourMean(old, side, place) - old[place])
        }
      }
      for (place, value) in zip(range, new) { features[place] = Float(value) }
    }
    return Dataset(
      kind: kind, features: features, columns: columns, labels: labels, classes: classes, targets: targets,
      groups: groups, items: items, holds: holds)
  }

  /// The mean over a pixel and those that touch it; at the border over fewer.
  private static func neighbourMean(_ image: [Double], _ side: Int, _ place: Int) -> Double {
    let (y, x) = (place / side, place % side)
    var (sum, count) = (0.0, 0.0)
    for v in max(0, y - 1)...min(side - 1, y + 1) {
      for u in max(0, x - 1)...min(side - 1, x + 1) {
        sum += image[v * side + u]
        count += 1
      }
    }
    return sum / count
  }
}
