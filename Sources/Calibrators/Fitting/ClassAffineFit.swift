import Randomness
import Tensors

/// New logits that are, class by class, linear in features of the row: the mean cross-entropy over the rows plus
/// ½ Σ penalty · parameter² is least.
struct ClassAffineFit {
  let classes: Int
  /// Features for each class.
  let width: Int
  /// Whether every class has the same features.
  let isShared: Bool
  /// One for each class and feature, class by class.
  private(set) var parameters: [Double] = []

  /// - Parameters:
  ///   - features: rows × width where all classes share them, otherwise rows × classes × width.
  ///   - start: classes × width.
  ///   - penalties: one a parameter.
  init(
    _ features: [Double], classes: Int, width: Int, isShared: Bool, labels: [Int32], start: [Double],
    penalties: [Double]
  ) {
    self.classes = classes
    self.width = width
    self.isShared = isShared
    let count = classes * width
    let rows = labels.count
    let share = 1 / Double(rows)
    let stride = isShared ? width : count
    parameters = leastByNewton(from: start) { point in
      var value = 0.0
      var gradient = [Double](repeating: 0, count: count)
      var hessian = [Double](repeating: 0, count: count * count)
      let p = softmaxRows(logits(features, point, rows: rows), classes: classes)
      features.withUnsafeBufferPointer { features in
        p.withUnsafeBufferPointer { p in
          hessian.withUnsafeMutableBufferPointer { hessian in
            for row in 0..<rows {
              let label = Int(labels[row])
              value -= share * naturalLogarithm(max(p[row &* classes &+ label], 1e-300))
              for k in 0..<classes {
                let x = row &* stride &+ (isShared ? 0 : k &* width)
                let pk = p[row &* classes &+ k]
                for i in 0..<width {
                  gradient[k &* width &+ i] += share * (pk - (k == label ? 1 : 0)) * features[x &+ i]
                }
                for l in 0...k {
                  let curvature = share * pk * ((k == l ? 1 : 0) - p[row &* classes &+ l])
                  let y = row &* stride &+ (isShared ? 0 : l &* width)
                  for i in 0..<width {
                    let scaled = curvature * features[x &+ i]
                    let target = (k &* width &+ i) &* count &+ l &* width
                    for j in 0..<width { hessian[target &+ j] += scaled * features[y &+ j] }
                  }
                }
              }
            }
            for i in 0..<count {
              for j in 0..<i { hessian[j &* count &+ i] = hessian[i &* count &+ j] }
            }
          }
        }
      }
      for place in 0..<count {
        value += 0.5 * penalties[place] * point[place] * point[place]
        gradient[place] += penalties[place] * point[place]
        hessian[place * count + place] += penalties[place]
      }
      return (value, gradient, Matrix(rows: count, columns: count, values: hessian))
    }
  }

  /// The new logits, rows × classes.
  func logits(_ features: [Double], rows: Int) -> [Double] { logits(features, parameters, rows: rows) }

  private func logits(_ features: [Double], _ parameters: [Double], rows: Int) -> [Double] {
    let stride = isShared ? width : classes * width
    var result = [Double](repeating: 0, count: rows * classes)
    for row in 0..<rows {
      for k in 0..<classes {
        let x = row * stride + (isShared ? 0 : k * width)
        var sum = 0.0
        for i in 0..<width { sum += parameters[k * width + i] * features[x + i] }
        result[row * classes + k] = sum
      }
    }
    return result
  }
}

/// A map of logits, or of their log-probabilities, by a full matrix and an intercept, with off-diagonal and intercept
/// regularisation (ODIR; Kull et al., NeurIPS 2019, section 3.3).
struct MatrixCalibration: Calibration {
  private let fit: ClassAffineFit
  private let usesLogProbabilities: Bool

  /// Adds λ/(K(K−1)) · Σ over i ≠ j of wᵢⱼ² + μ/K · Σ bⱼ² to the mean cross-entropy; starts from the identity.
  init(
    _ logits: Logits, labels: [Int32], usesLogProbabilities: Bool, regularisation: OffDiagonalRegularisation
  ) {
    self.usesLogProbabilities = usesLogProbabilities
    let classes = logits.classes
    let width = classes + 1
    var start = [Double](repeating: 0, count: classes * width)
    var penalties = [Double](repeating: 0, count: classes * width)
    for k in 0..<classes {
      start[k * width + k] = 1
      for i in 0..<classes where i != k {
        penalties[k * width + i] = 2 * regularisation.offDiagonal / Double(classes * (classes - 1))
      }
      penalties[k * width + classes] = 2 * regularisation.intercept / Double(classes)
    }
    fit = ClassAffineFit(
      Self.features(logits, usesLogProbabilities), classes: classes, width: width, isShared: true,
      labels: labels, start: start, penalties: penalties)
  }

  func probabilities(_ logits: Logits) -> [Double] {
    softmaxRows(
      fit.logits(Self.features(logits, usesLogProbabilities), rows: logits.rows), classes: logits.classes)
  }

  private static func features(_ logits: Logits, _ usesLogProbabilities: Bool) -> [Double] {
    let values =
      usesLogProbabilities
      ? softmaxRows(logits.pooled, classes: logits.classes).map { logarithm(max($0, 1e-30)) } : logits.pooled
    var features: [Double] = []
    features.reserveCapacity(logits.rows * (logits.classes + 1))
    for row in 0..<logits.rows {
      features += values[row * logits.classes..<(row + 1) * logits.classes]
      features.append(1)
    }
    return features
  }
}
