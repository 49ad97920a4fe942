/// The most probable class of each row, the first of equals.
struct TopLabels {
  private(set) var labels: [Int32]
  private(set) var confidences: [Double]
  private(set) var isCorrect: [Bool]
  /// The share of rows whose most probable class is the true one.
  let accuracy: Double

  /// - Parameters:
  ///   - probabilities: row-major, rows × classes.
  ///   - labels: the true class of each row.
  init(_ probabilities: [Double], classes: Int, labels truth: [Int32]) {
    let rows = truth.count
    var labels = [Int32](repeating: 0, count: rows)
    var confidences = [Double](repeating: 0, count: rows)
    var isCorrect = [Bool](repeating: false, count: rows)
    var correct = 0
    probabilities.withUnsafeBufferPointer { source in
      truth.withUnsafeBufferPointer { truth in
        labels.withUnsafeMutableBufferPointer { labels in
          confidences.withUnsafeMutableBufferPointer { confidences in
            isCorrect.withUnsafeMutableBufferPointer { isCorrect in
              var place = 0
              for row in 0..<rows {
                var best = 0
                var largest = source[place]
                for label in 1..<max(1, classes) {
                  let value = source[place &+ label]
                  best = value > largest ? label : best
                  largest = value > largest ? value : largest
                }
                place &+= classes
                let isRight = Int32(truncatingIfNeeded: best) == truth[row]
                labels[row] = Int32(truncatingIfNeeded: best)
                confidences[row] = largest
                isCorrect[row] = isRight
                correct &+= isRight ? 1 : 0
              }
            }
          }
        }
      }
    }
    self.labels = labels
    self.confidences = confidences
    self.isCorrect = isCorrect
    accuracy = Double(correct) / Double(rows)
  }
}
