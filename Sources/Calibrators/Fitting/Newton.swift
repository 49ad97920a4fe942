import Tensors

/// The least of a convex function by Newton's method with backtracking (Boyd, Vandenberghe, "Convex optimization", 2004,
/// algorithm 9.5), to the last digits.
///
/// A Hessian that is singular along directions which change nothing gets a small multiple of the identity. Where the least
/// lies at infinity, as for separable rows, it stops once a step promises less than 10⁻¹⁴, or after 100 steps.
///
/// - Parameter objective: value, gradient and Hessian at a point.
func leastByNewton(
  from start: [Double], _ objective: ([Double]) -> (value: Double, gradient: [Double], hessian: Matrix)
) -> [Double] {
  var point = start
  var current = objective(point)
  for _ in 0..<100 {
    let diagonal = point.indices.map { current.hessian[$0, $0] }
    var ridge = 1e-12 * max(diagonal.max() ?? 0, 1e-12)
    var factor: Cholesky?
    while factor == nil {
      var damped = current.hessian
      for place in point.indices { damped[place, place] += ridge }
      factor = try? Cholesky(damped)
      ridge *= 10
      guard ridge.isFinite else { return point }
    }
    let step = factor!.solve(current.gradient)
    let decrement = zip(step, current.gradient).reduce(0) { $0 + $1.0 * $1.1 }
    guard decrement.isFinite else { return point }
    if decrement < 1e-14 { return zip(point, step).map { $0 - $1 } }
    var length = 1.0
    var next: (value: Double, gradient: [Double], hessian: Matrix)?
    while length > 1e-10 {
      let candidate = zip(point, step).map { $0 - length * $1 }
      let found = objective(candidate)
      if found.value <= current.value - 1e-4 * length * decrement {
        (point, next) = (candidate, found)
        break
      }
      length /= 2
    }
    guard let next else { return point }
    current = next
  }
  return point
}
