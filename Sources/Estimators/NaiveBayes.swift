import Randomness
import Tensors

/// Naive Bayes: class shares of the fit rows as prior, columns independent within a class. A class that did not
/// occur has probability 0.
package struct NaiveBayes: Sendable {
  /// How a column is distributed within a class.
  package enum Likelihood: Hashable, Sendable {
    /// Normal, with `smoothing` times the largest column variance (1 where all columns are constant) added to
    /// every variance.
    case gaussian(smoothing: Double)
    /// Counts of a multinomial, with `smoothing` > 0 added to each column's total; features are not negative.
    case multinomial(smoothing: Double)
    /// Whether the value is above 0, with `smoothing` > 0 added to both counts.
    case bernoulli(smoothing: Double)
  }

  private let likelihood: Likelihood
  /// ln prior and what else of the score does not depend on the row, one a class; −∞ for absent classes.
  private let constants: [Double]
  /// classes × columns: the mean (normal) or the weight of the (binarised) value.
  private let weights: Matrix
  /// Normal: 1 / (2 · variance), classes × columns.
  private let precisions: Matrix

  /// - Throws: `EstimatorError.noRows`, `.notFinite`, and `.unsuitable` for negative counts.
  package init(_ features: Matrix, _ classes: ClassLabels, _ likelihood: Likelihood) throws(EstimatorError) {
    try requireFinite(features, "naive Bayes")
    if case .multinomial = likelihood, features.values.contains(where: { $0 < 0 }) {
      throw .unsuitable("multinomial naive Bayes", "needs counts, but a feature is negative")
    }
    self.likelihood = likelihood
    let sizes = classes.sizes
    let (rows, columns) = (features.rows, features.columns)
    var constants = sizes.map {
      $0 > 0 ? naturalLogarithm(Double($0) / Double(rows)) : -Double.infinity
    }
    let data = Self.seen(features, likelihood)
    var sums = Matrix(zeros: classes.count, columns)
    for (i, label) in classes.labels.enumerated() {
      for j in 0..<columns { sums[label, j] += data[i, j] }
    }
    var weights = Matrix(zeros: classes.count, columns)
    var precisions = Matrix(zeros: classes.count, columns)
    for c in 0..<classes.count where sizes[c] > 0 {
      let size = Double(sizes[c])
      switch likelihood {
      case .gaussian: for j in 0..<columns { weights[c, j] = sums[c, j] / size }
      case .multinomial(let smoothing):
        let total = naturalLogarithm(sums.row(c).reduce(0, +) + smoothing * Double(columns))
        for j in 0..<columns { weights[c, j] = naturalLogarithm(sums[c, j] + smoothing) - total }
      case .bernoulli(let smoothing):
        for j in 0..<columns {
          let share = (sums[c, j] + smoothing) / (size + 2 * smoothing)
          let absent = naturalLogarithm(1 - share)
          weights[c, j] = naturalLogarithm(share) - absent
          constants[c] += absent
        }
      }
    }
    if case .gaussian(let smoothing) = likelihood {
      let means = columnMeans(features)
      var largest = 0.0
      var squares = Matrix(zeros: classes.count, columns)
      for j in 0..<columns {
        var total = 0.0
        for (i, label) in classes.labels.enumerated() {
          let value = features[i, j]
          total += (value - means[j]) * (value - means[j])
          squares[label, j] += (value - weights[label, j]) * (value - weights[label, j])
        }
        largest = max(largest, total / Double(rows))
      }
      if largest == 0 { largest = 1 }
      for c in 0..<classes.count where sizes[c] > 0 {
        for j in 0..<columns {
          // Without smoothing a constant column would leave a variance of 0.
          let variance = max(squares[c, j] / Double(sizes[c]) + smoothing * largest, 1e-150)
          precisions[c, j] = 0.5 / variance
          constants[c] -= 0.5 * naturalLogarithm(6.283185307179586 * variance)
        }
      }
    }
    self.constants = constants
    self.weights = weights
    self.precisions = precisions
  }

  private static func seen(_ features: Matrix, _ likelihood: Likelihood) -> Matrix {
    guard case .bernoulli = likelihood else { return features }
    return Matrix(
      rows: features.rows, columns: features.columns, values: features.values.map { $0 > 0 ? 1 : 0 })
  }

  /// Posterior probabilities, rows × classes.
  package func probabilities(_ features: Matrix) -> [Double] {
    var scores: Matrix
    if case .gaussian = likelihood {
      scores = Matrix(zeros: features.rows, constants.count)
      for i in 0..<features.rows {
        for c in 0..<constants.count {
          for j in 0..<features.columns {
            let difference = features[i, j] - weights[c, j]
            scores[i, c] -= difference * difference * precisions[c, j]
          }
        }
      }
    } else {
      scores = Self.seen(features, likelihood).timesTransposed(weights)
    }
    scores = adding(constants, times: 1, to: scores)
    _ = softmaxInPlace(&scores)
    return scores.values
  }
}
