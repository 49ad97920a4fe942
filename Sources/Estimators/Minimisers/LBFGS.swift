/// Limited-memory BFGS within bounds: the direction by the two-loop recursion over the last steps (Nocedal &
/// Wright, "Numerical optimization", 2nd ed., algorithm 7.4), the step by backtracking along the direction bent
/// onto the bounds (Bertsekas, "Projected Newton methods", SIAM J. Control 20, 1982).
///
/// A variable at a bound whose gradient points outside is held for the iteration. Deviation from SciPy's
/// L-BFGS-B: no Cauchy point and no Wolfe condition; a step of negative curvature is taken but not remembered.
package struct LBFGS: Sendable {
  /// Steps remembered.
  package var memory = 10
  package var maximumIterations = 200
  /// Stops when no component of the projected gradient is larger.
  package var gradientTolerance = 1e-5
  /// Stops when a step lowers the value by less than this share of max(|value|, 1).
  package var valueTolerance = 2e-9

  package init() {}

  /// Where a minimisation ended.
  package struct Minimum: Sendable {
    package let point: [Double]
    package let value: Double
    package let iterations: Int
    package let evaluations: Int
    /// False when the iterations ran out or no step lowered the value.
    package let hasConverged: Bool
  }

  /// - Parameters:
  ///   - start: moved into the bounds first; the value there must be finite, or it is returned as it is.
  ///   - bounds: one interval a variable; nil for none.
  ///   - objective: value and gradient; a value that is not finite makes the step shorter.
  package func minimise(
    from start: [Double], bounds: [ClosedRange<Double>]? = nil,
    _ objective: ([Double]) -> (value: Double, gradient: [Double])
  ) -> Minimum {
    func projected(_ point: [Double]) -> [Double] {
      guard let bounds else { return point }
      return zip(point, bounds).map { min(max($0, $1.lowerBound), $1.upperBound) }
    }
    var point = projected(start)
    var (value, gradient) = objective(point)
    var evaluations = 1
    var pairs: [Pair] = []
    for iteration in 0..<maximumIterations {
      var free = gradient
      if let bounds {
        for i in 0..<free.count
        where point[i] <= bounds[i].lowerBound && free[i] > 0
          || point[i] >= bounds[i].upperBound && free[i] < 0
        {
          free[i] = 0
        }
      }
      func ended(_ hasConverged: Bool) -> Minimum {
        Minimum(
          point: point, value: value, iterations: iteration, evaluations: evaluations,
          hasConverged: hasConverged)
      }
      guard value.isFinite else { return ended(false) }
      if free.allSatisfy({ abs($0) <= gradientTolerance }) { return ended(true) }
      var direction = Self.direction(free, pairs)
      for i in 0..<free.count where free[i] == 0 { direction[i] = 0 }
      if !(dot(direction, free) < 0) {
        pairs = []
        direction = free.map { -$0 }
      }
      // Without curvature known, a first step of length at most 1.
      var step = pairs.isEmpty ? min(1, 1 / dot(free, free).squareRoot()) : 1
      var accepted: (point: [Double], value: Double, gradient: [Double])?
      for _ in 0..<30 {
        let trial = projected(zip(point, direction).map { $0 + step * $1 })
        let slope = dot(gradient, zip(trial, point).map { $0 - $1 })
        let (trialValue, trialGradient) = objective(trial)
        evaluations += 1
        if trialValue.isFinite && trialValue <= value + 1e-4 * slope {
          accepted = (trial, trialValue, trialGradient)
          break
        }
        // The parabola through value and slope here and the value there, held within a tenth and a half.
        let curved = -slope / (2 * (trialValue - value - slope))
        step *= curved.isFinite ? min(max(curved, 0.1), 0.5) : 0.1
      }
      guard let accepted else {
        if pairs.isEmpty { return ended(false) }
        pairs = []
        continue
      }
      let pair = Pair(
        step: zip(accepted.point, point).map { $0 - $1 },
        change: zip(accepted.gradient, gradient).map { $0 - $1 })
      if pair.curvature > 1e-10 * dot(pair.change, pair.change) { pairs.append(pair) }
      if pairs.count > memory { pairs.removeFirst() }
      let gain = value - accepted.value
      (point, value, gradient) = accepted
      if gain <= valueTolerance * max(abs(value), 1) {
        return Minimum(
          point: point, value: value, iterations: iteration + 1, evaluations: evaluations, hasConverged: true)
      }
    }
    return Minimum(
      point: point, value: value, iterations: maximumIterations, evaluations: evaluations,
      hasConverged: false)
  }

  /// A step taken and what it did to the gradient.
  private struct Pair {
    let step: [Double]
    let change: [Double]
    let curvature: Double

    init(step: [Double], change: [Double]) {
      self.step = step
      self.change = change
      curvature = dot(step, change)
    }
  }

  /// −H·gradient by the two loops, with H₀ = sᵀy / yᵀy of the last pair.
  private static func direction(_ gradient: [Double], _ pairs: [Pair]) -> [Double] {
    var q = gradient
    var factors: [Double] = []
    for pair in pairs.reversed() {
      let factor = dot(pair.step, q) / pair.curvature
      factors.append(factor)
      for i in 0..<q.count { q[i] -= factor * pair.change[i] }
    }
    if let last = pairs.last {
      let scale = last.curvature / dot(last.change, last.change)
      for i in 0..<q.count { q[i] *= scale }
    }
    for (pair, factor) in zip(pairs, factors.reversed()) {
      let back = dot(pair.change, q) / pair.curvature
      for i in 0..<q.count { q[i] += (factor - back) * pair.step[i] }
    }
    return q.map { -$0 }
  }
}

/// The scalar product, added from the first to the last.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in 0..<a.count { sum += a[i] * b[i] }
  return sum
}
