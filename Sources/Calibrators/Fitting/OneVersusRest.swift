/// Calibrates each class's probability against all others by a map of its own, and scales each row's results to sum to 1
/// (Zadrozny, Elkan, KDD 2002); a row of zeros becomes uniform.
struct OneVersusRest: Calibration {
  /// From a class's probability to a calibrated one, class by class.
  private let maps: [@Sendable (Double) -> Double]

  /// - Parameter fit: the map of one class from the rows' probabilities of it and whether it is the true one.
  init(
    _ logits: Logits, labels: [Int32], _ fit: ([Double], [Bool]) -> @Sendable (Double) -> Double
  ) {
    let probabilities = softmaxRows(logits.pooled, classes: logits.classes)
    maps = (0..<logits.classes).map { label in
      fit(
        (0..<logits.rows).map { probabilities[$0 * logits.classes + label] }, labels.map { Int($0) == label })
    }
  }

  func probabilities(_ logits: Logits) -> [Double] {
    let classes = logits.classes
    var result = softmaxRows(logits.pooled, classes: classes)
    for row in 0..<logits.rows {
      var total = 0.0
      for label in 0..<classes {
        let place = row * classes + label
        result[place] = maps[label](result[place])
        total += result[place]
      }
      for place in row * classes..<(row + 1) * classes {
        result[place] = total > 0 ? result[place] / total : 1 / Double(classes)
      }
    }
    return result
  }
}
