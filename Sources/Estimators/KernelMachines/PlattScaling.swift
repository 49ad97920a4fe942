import Randomness
import Tensors

/// Class probabilities of a support vector classifier: a sigmoid over each pair's decision values (Platt 1999),
/// fitted to decision values of held-out rows, and the pairs coupled (Wu, Lin, Weng, "Probability estimates for
/// multi-class classification by pairwise coupling", JMLR 5, 2004, second method).
///
/// The probabilities' largest need not be the class the votes choose. As in LIBSVM, folds are drawn inside each
/// pair; deviation: with the given stream, and a fold whose other rows hold one class counts as decision ±1.
package struct PlattScaling: Sendable {
  /// p(first of the pair) = 1 / (1 + exp(slope · value + shift)).
  private let sigmoids: [(slope: Double, shift: Double)]
  /// Floating-point operations of the matrix products of the machines fitted on the way.
  package let flops: Int
  private let machine: SupportVectorMachine
  private let classes: Int
  private let present: [Int]

  /// - Parameters:
  ///   - machine: fitted to the same rows with the same kernel and cost.
  ///   - folds: of the cross-validation inside each pair.
  /// - Throws: what fitting a machine throws.
  package init(
    _ machine: SupportVectorMachine, _ features: Matrix, _ classes: ClassLabels, cost: Double, folds: Int = 5,
    stream: RandomStream
  ) throws(EstimatorError) {
    self.machine = machine
    self.classes = classes.count
    let sizes = classes.sizes
    present = (0..<classes.count).filter { sizes[$0] > 0 }
    var numbers = stream
    var sigmoids: [(slope: Double, shift: Double)] = []
    var flops = 0
    for pair in machine.pairs {
      let own = (0..<features.rows).filter {
        classes.labels[$0] == pair.first || classes.labels[$0] == pair.second
      }
      let isFirst = own.map { classes.labels[$0] == pair.first }
      let order = numbers.permutation(own.count).map { Int($0) }
      var values = [Double](repeating: 0, count: own.count)
      for fold in 0..<folds {
        let held = order.indices.filter { $0 % folds == fold }.map { order[$0] }
        let fit = order.indices.filter { $0 % folds != fold }.map { order[$0] }
        let labels = fit.map { isFirst[$0] ? 0 : 1 }
        if held.isEmpty { continue }
        guard labels.contains(0) && labels.contains(1) else {
          for i in held { values[i] = labels.first == 1 ? -1 : 1 }
          continue
        }
        let partial = try SupportVectorMachine(
          features.rows(at: fit.map { own[$0] }), ClassLabels(labels, count: 2), machine.kernel, cost: cost)
        flops += partial.flops
        let decisions = partial.decisionValues(features.rows(at: held.map { own[$0] })).values
        for (i, decision) in zip(held, decisions) { values[i] = decision }
      }
      sigmoids.append(fitSigmoid(values, isFirst))
    }
    self.sigmoids = sigmoids
    self.flops = flops
  }

  /// Probabilities, rows × classes; 0 for classes that did not occur.
  package func probabilities(_ features: Matrix) -> [Double] {
    let values = machine.decisionValues(features)
    var result = [Double](repeating: 0, count: features.rows * classes)
    var place = [Int](repeating: 0, count: classes)
    for (p, label) in present.enumerated() { place[label] = p }
    for i in 0..<features.rows {
      var pairwise = Matrix(zeros: present.count, present.count)
      for (p, pair) in machine.pairs.enumerated() {
        let (slope, shift) = sigmoids[p]
        let raw = 1 / (1 + exponential(slope * values[i, p] + shift))
        let probability = min(max(raw, 1e-7), 1 - 1e-7)
        pairwise[place[pair.first], place[pair.second]] = probability
        pairwise[place[pair.second], place[pair.first]] = 1 - probability
      }
      for (p, value) in coupledProbabilities(pairwise).enumerated() {
        result[i * classes + present[p]] = value
      }
    }
    return result
  }
}

/// The sigmoid of least cross-entropy with the targets (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2), by Newton's method with
/// backtracking (Lin, Lin, Weng, "A note on Platt's probabilistic outputs for support vector machines", Machine
/// Learning 68, 2007, algorithm 1).
package func fitSigmoid(_ values: [Double], _ isPositive: [Bool]) -> (slope: Double, shift: Double) {
  let positives = Double(isPositive.filter { $0 }.count)
  let negatives = Double(values.count) - positives
  let targets = isPositive.map { $0 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2) }
  var (slope, shift) = (0.0, naturalLogarithm((negatives + 1) / (positives + 1)))
  func loss(_ slope: Double, _ shift: Double) -> Double {
    var sum = 0.0
    for (value, target) in zip(values, targets) {
      let x = slope * value + shift
      sum += (x >= 0 ? target : target - 1) * x + naturalLogarithm(1 + exponential(-abs(x)))
    }
    return sum
  }
  var current = loss(slope, shift)
  for _ in 0..<100 {
    var (h11, h22, h21, g1, g2) = (1e-12, 1e-12, 0.0, 0.0, 0.0)
    for (value, target) in zip(values, targets) {
      let x = slope * value + shift
      let small = exponential(-abs(x))
      let p = x >= 0 ? small / (1 + small) : 1 / (1 + small)
      let weight = p * (1 - p)
      h11 += value * value * weight
      h22 += weight
      h21 += value * weight
      g1 += value * (target - p)
      g2 += target - p
    }
    if abs(g1) < 1e-5 && abs(g2) < 1e-5 { break }
    let determinant = h11 * h22 - h21 * h21
    let (d1, d2) = (-(h22 * g1 - h21 * g2) / determinant, -(h11 * g2 - h21 * g1) / determinant)
    let descent = g1 * d1 + g2 * d2
    var step = 1.0
    while step >= 1e-10 {
      let next = loss(slope + step * d1, shift + step * d2)
      if next < current + 1e-4 * step * descent {
        (slope, shift, current) = (slope + step * d1, shift + step * d2, next)
        break
      }
      step /= 2
    }
    if step < 1e-10 { break }
  }
  return (slope, shift)
}

/// The p of least Σ (rⱼᵢ pᵢ − rᵢⱼ pⱼ)² (Wu, Lin, Weng, eq. 21 and algorithm 2).
///
/// - Parameter pairwise: rᵢⱼ = p(i | i or j), classes × classes.
package func coupledProbabilities(_ pairwise: Matrix) -> [Double] {
  let count = pairwise.rows
  var q = Matrix(zeros: count, count)
  for i in 0..<count {
    for j in 0..<count where j != i {
      q[i, i] += pairwise[j, i] * pairwise[j, i]
      q[i, j] = -pairwise[j, i] * pairwise[i, j]
    }
  }
  var p = [Double](repeating: 1 / Double(count), count: count)
  for _ in 0..<max(100, count) {
    var products = q.times(p)
    var total = dot(p, products)
    if products.allSatisfy({ abs($0 - total) < 0.005 / Double(count) }) { break }
    for i in 0..<count where q[i, i] > 0 {
      let change = (total - products[i]) / q[i, i]
      p[i] += change
      let size = 1 + change
      total = (total + change * (change * q[i, i] + 2 * products[i])) / (size * size)
      for j in 0..<count {
        products[j] = (products[j] + change * q[i, j]) / size
        p[j] /= size
      }
    }
  }
  return p
}
