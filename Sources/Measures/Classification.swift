import Parts

/// The predictions of a classifier, row by row.
package struct Classification {
  /// Row-major, rows × classes.
  let probabilities: [Double]
  let classes: Int
  package let labels: [Int32]

  /// A mistake of the caller where the predictions are a regression's: studies are checked before anything
  /// runs.
  package init(_ predictions: Predictions) {
    guard case .classification(let probabilities, let classes, let labels) = predictions else {
      preconditionFailure("a measure of classification was given a regression's predictions")
    }
    precondition(
      !labels.isEmpty && probabilities.count == labels.count * classes, "one row of probabilities a label")
    self.probabilities = probabilities
    self.classes = classes
    self.labels = labels
  }

  package var rows: Int { labels.count }

  /// The probability of a class in a row.
  package func probability(_ row: Int, _ label: Int) -> Double { probabilities[row * classes + label] }

  /// The probability of the true class.
  package func probabilityOfTruth(_ row: Int) -> Double { probability(row, Int(labels[row])) }

  /// The most probable class, the first of equals.
  package func predicted(_ row: Int) -> Int {
    var best = 0
    for label in 0..<classes where probability(row, label) > probability(row, best) { best = label }
    return best
  }

  func isCorrect(_ row: Int) -> Bool { predicted(row) == Int(labels[row]) }

  /// The share of rows whose predicted class is the true one.
  var accuracy: Double { Double((0..<rows).count(where: isCorrect)) / Double(rows) }
}
