import Parts

/// The predictions of a classifier, row by row, and what measures derive from them.
///
/// Derived values are computed when they are first asked for and then kept, so that all measures of one trial share
/// one pass over the probabilities and one sort.
package final class Classification {
  /// Row-major, rows × classes.
  package let probabilities: [Double]
  package let classes: Int
  package let labels: [Int32]

  /// The most probable class of each row, with its probability and whether it is the true one.
  private(set) lazy var top = TopLabels(probabilities, classes: classes, labels: labels)
  /// The confidences of the most probable classes, ascending, with how often these are right.
  private(set) lazy var ranked = RankedOutcomes(top.confidences, top.isCorrect)
  private var rankedClasses: [Int: RankedOutcomes] = [:]

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
  package func predicted(_ row: Int) -> Int { Int(top.labels[row]) }

  func isCorrect(_ row: Int) -> Bool { top.isCorrect[row] }

  /// The share of rows whose predicted class is the true one.
  var accuracy: Double { top.accuracy }

  /// The probabilities that the rows give to a class, and whether it is the true one.
  func column(_ label: Int) -> (probabilities: [Double], isTrue: [Bool]) {
    var column = [Double](repeating: 0, count: rows)
    var isTrue = [Bool](repeating: false, count: rows)
    probabilities.withUnsafeBufferPointer { source in
      for row in 0..<rows { column[row] = source[row &* classes &+ label] }
    }
    for row in 0..<rows { isTrue[row] = labels[row] == Int32(label) }
    return (column, isTrue)
  }

  /// The probabilities of a class, ascending, with how often it is the true one.
  func ranked(_ label: Int) -> RankedOutcomes {
    if let known = rankedClasses[label] { return known }
    let (probabilities, isTrue) = column(label)
    let ranked = RankedOutcomes(probabilities, isTrue)
    rankedClasses[label] = ranked
    return ranked
  }

  /// The most probable classes in bins of confidence of equal width.
  package func calibrationBins(_ count: Int) -> CalibrationBins {
    CalibrationBins(width: count, top.confidences, top.isCorrect)
  }

  /// The error rate of the most confident share of the rows; of a row that the edge cuts its share counts.
  package func selectiveRisk(_ coverage: Double) -> Double {
    let kept = coverage * Double(rows)
    return 1 - ranked.sums(from: Double(rows) - kept, to: Double(rows)).outcomes / kept
  }
}
