import Randomness
import Tensors

/// One run of CMA-ES over real vectors (Hansen, arXiv 1604.00772: numbers of equations and defaults are of its table 1
/// and figure 6).
package struct CovarianceAdaptation {
  package let population: Int
  package private(set) var mean: [Double]
  package private(set) var step: Double
  private var covariance: Matrix
  /// Eigenvectors of the covariance in columns, and its eigenvalues, ascending.
  private var axes: Matrix
  private var variances: [Double]
  private var stepPath: [Double]
  private var covariancePath: [Double]
  private var generation = 0
  private let weights: [Double]
  private let effective: Double
  private let stepRate: Double
  private let damping: Double
  private let pathRate: Double
  private let rankOne: Double
  private let rankMu: Double
  private let expectedNorm: Double

  package init(mean: [Double], step: Double, population: Int) {
    let n = Double(max(1, mean.count))
    self.mean = mean
    self.step = step
    self.population = population
    let parents = population / 2
    let raw = (0..<parents).map {
      naturalLogarithm(Double(population + 1) / 2) - naturalLogarithm(Double($0 + 1))
    }
    let total = raw.reduce(0, +)
    weights = raw.map { $0 / total }
    effective = 1 / weights.reduce(0) { $0 + $1 * $1 }
    stepRate = (effective + 2) / (n + effective + 5)
    damping = 1 + 2 * max(0, ((effective - 1) / (n + 1)).squareRoot() - 1) + stepRate
    pathRate = (4 + effective / n) / (n + 4 + 2 * effective / n)
    rankOne = 2 / ((n + 1.3) * (n + 1.3) + effective)
    rankMu = min(1 - rankOne, 2 * (0.25 + effective + 1 / effective - 2) / ((n + 2) * (n + 2) + effective))
    expectedNorm = n.squareRoot() * (1 - 1 / (4 * n) + 1 / (21 * n * n))
    covariance = .identity(mean.count)
    axes = covariance
    variances = [Double](repeating: 1, count: mean.count)
    stepPath = [Double](repeating: 0, count: mean.count)
    covariancePath = stepPath
  }

  /// Whether steps have shrunk to nothing or the covariance is near singular.
  package var hasEnded: Bool {
    guard let largest = variances.last else { return true }
    return !(step * largest.squareRoot() > 1e-11) || !(largest < 1e14 * variances[0])
  }

  /// A generation: mean + step·B·D·z (eqs. 38–40), drawn again up to 100 times while it does not fit and then cut off
  /// at 0 and 1.
  package func sample(_ random: inout RandomStream, fits: ([Double]) -> Bool) -> [[Double]] {
    let roots = variances.map { max(0, $0).squareRoot() }
    return (0..<population).map { _ in
      for _ in 0..<100 {
        let point = draw(roots, &random)
        if fits(point) { return point }
      }
      return draw(roots, &random).map { min(1, max(0, $0)) }
    }
  }

  private func draw(_ roots: [Double], _ random: inout RandomStream) -> [Double] {
    let scaled = roots.map { $0 * random.normal() }
    return zip(mean, axes.times(scaled)).map { $0 + step * $1 }
  }

  /// Moves mean, step and covariance (eqs. 41–47).
  package mutating func update(_ points: [[Double]], losses: [Double]) {
    let n = Double(max(1, mean.count))
    generation += 1
    let order = losses.indices.sorted { losses[$0] < losses[$1] || losses[$0] == losses[$1] && $0 < $1 }
    let steps = order.prefix(weights.count).map { place in
      zip(points[place], mean).map { ($0 - $1) / step }
    }
    var move = [Double](repeating: 0, count: mean.count)
    for (weight, y) in zip(weights, steps) {
      for j in move.indices { move[j] += weight * y[j] }
    }
    for j in mean.indices { mean[j] += step * move[j] }
    // C^(−1/2)·move
    let turned = axes.transposedTimes(move)
    let whitened = axes.times(zip(turned, variances).map { $0 / max($1, 1e-300).squareRoot() })
    let stepGain = (stepRate * (2 - stepRate) * effective).squareRoot()
    for j in stepPath.indices { stepPath[j] = (1 - stepRate) * stepPath[j] + stepGain * whitened[j] }
    let norm = stepPath.reduce(0) { $0 + $1 * $1 }.squareRoot()
    step *= exponential(min(1, stepRate / damping * (norm / expectedNorm - 1)))
    var decay = 1.0
    for _ in 0..<2 * generation { decay *= 1 - stepRate }
    let isSteady = norm / (1 - decay).squareRoot() < (1.4 + 2 / (n + 1)) * expectedNorm
    let pathGain = isSteady ? (pathRate * (2 - pathRate) * effective).squareRoot() : 0
    for j in covariancePath.indices {
      covariancePath[j] = (1 - pathRate) * covariancePath[j] + pathGain * move[j]
    }
    let kept = 1 - rankOne - rankMu + (isSteady ? 0 : rankOne * pathRate * (2 - pathRate))
    for i in mean.indices {
      for j in 0...i {
        var value = kept * covariance[i, j] + rankOne * covariancePath[i] * covariancePath[j]
        for (weight, y) in zip(weights, steps) { value += rankMu * weight * y[i] * y[j] }
        covariance[i, j] = value
        covariance[j, i] = value
      }
    }
    guard let eigen = try? SymmetricEigen(covariance) else {
      step = 0
      return
    }
    (axes, variances) = (eigen.vectors, eigen.values)
  }
}
