/// The dual problem of a support vector machine: minimise ½ βᵀKβ + linearᵀβ where Σβ = 0 and
/// lower ≤ β ≤ upper.
///
/// β is y·α of the usual form, so the kernel matrix appears without signs: classification has linear = −y and
/// β between 0 and y·C; regression has two variables a row, linear ε − z with β in 0 … C and −ε − z with β in
/// −C … 0.
struct DualProblem {
  /// The kernel matrix's row of each variable.
  let rows: [Int]
  let linear: [Double]
  let lower: [Double]
  let upper: [Double]
}

/// Where the optimisation ended.
struct DualSolution {
  /// β, one a variable.
  let coefficients: [Double]
  /// ρ, so that the decision value is Σ βᵢ k(xᵢ, x) − ρ.
  let offset: Double
  let objective: Double
  let iterations: Int
}

/// Sequential minimal optimisation with second-order choice of the pair (Fan, Chen, Lin, "Working set selection
/// using second order information", JMLR 6, 2005, algorithm 2) and shrinking (Chang & Lin, "LIBSVM", ACM TIST 2,
/// 2011, §5.1), until no pair violates the optimality conditions by `tolerance`.
///
/// Deviations from LIBSVM: kernel values are kept in double precision, not single.
final class SequentialMinimalOptimization {
  private let kernel: KernelRows
  private let tolerance: Double
  private let count: Int
  /// Variables in the order of their places; those at places below `active` take part.
  private var active: Int
  private var variables: [Int]
  private var problem: (linear: [Double], lower: [Double], upper: [Double])
  private let rows: UnsafeMutablePointer<Int32>
  private let beta: UnsafeMutablePointer<Double>
  /// Kβ + linear.
  private let gradient: UnsafeMutablePointer<Double>
  private let diagonal: UnsafeMutablePointer<Double>
  private let gathered: UnsafeMutablePointer<Double>
  /// 1 where a variable may still rise, or fall.
  private let canRise: UnsafeMutablePointer<Bool>
  private let canFall: UnsafeMutablePointer<Bool>

  init(_ problem: DualProblem, _ kernel: KernelRows, tolerance: Double) {
    self.kernel = kernel
    self.tolerance = tolerance
    count = problem.rows.count
    active = count
    variables = Array(0..<count)
    self.problem = (problem.linear, problem.lower, problem.upper)
    rows = .allocate(capacity: count)
    beta = .allocate(capacity: count)
    gradient = .allocate(capacity: count)
    diagonal = .allocate(capacity: count)
    gathered = .allocate(capacity: count)
    canRise = .allocate(capacity: count)
    canFall = .allocate(capacity: count)
    for t in 0..<count {
      (rows + t).initialize(to: Int32(problem.rows[t]))
      (beta + t).initialize(to: 0)
      (gradient + t).initialize(to: problem.linear[t])
      (diagonal + t).initialize(to: kernel.diagonal[problem.rows[t]])
      (gathered + t).initialize(to: 0)
      (canRise + t).initialize(to: problem.upper[t] > 0)
      (canFall + t).initialize(to: problem.lower[t] < 0)
    }
  }

  deinit {
    rows.deallocate()
    beta.deallocate()
    gradient.deallocate()
    diagonal.deallocate()
    gathered.deallocate()
    canRise.deallocate()
    canFall.deallocate()
  }

  func solve() -> DualSolution {
    let limit = max(10_000_000, 100 * count)
    let shrinkEvery = min(count, 1000)
    var untilShrink = shrinkEvery
    var hasUnshrunk = false
    var iteration = 0
    while iteration < limit {
      if untilShrink == 0 {
        untilShrink = shrinkEvery
        shrink(&hasUnshrunk)
      }
      untilShrink -= 1
      var pair = choosePair()
      if pair == nil && active < count {
        // Optimal among the active ones: look at all of them again.
        restoreGradient()
        pair = choosePair()
        untilShrink = 0
      }
      guard let (i, j) = pair else { break }
      move(i, j)
      iteration += 1
    }
    if active < count { restoreGradient() }
    return solution(iterations: iteration)
  }

  /// The pair to move, or nil where none violates optimality by the tolerance. Leaves row i's kernel values in
  /// `gathered`.
  private func choosePair() -> (Int, Int)? {
    var first = -1
    var lowest = Double.infinity
    var highest = -Double.infinity
    for t in 0..<active {
      let value = gradient[t]
      if canRise[t] && value < lowest { (lowest, first) = (value, t) }
      if canFall[t] && value > highest { highest = value }
    }
    guard first >= 0, highest - lowest >= tolerance else { return nil }
    kernel.withRow(Int(rows[first])) { row in
      for t in 0..<active { gathered[t] = row[Int(rows[t])] }
    }
    var second = -1
    var best = 0.0
    let own = diagonal[first]
    for t in 0..<active {
      let difference = gradient[t] - lowest
      if canFall[t] && difference > 0 {
        let curvature = max(own + diagonal[t] - 2 * gathered[t], 1e-12)
        let gain = difference * difference / curvature
        if gain > best { (best, second) = (gain, t) }
      }
    }
    return second >= 0 ? (first, second) : nil
  }

  /// Moves βᵢ up and βⱼ down by the same amount, to the minimum along that line within the box.
  private func move(_ i: Int, _ j: Int) {
    let curvature = max(diagonal[i] + diagonal[j] - 2 * gathered[j], 1e-12)
    let wanted = (gradient[j] - gradient[i]) / curvature
    let (roomAbove, roomBelow) = (problem.upper[i] - beta[i], beta[j] - problem.lower[j])
    let step = min(wanted, min(roomAbove, roomBelow))
    // A variable that reaches its bound is set to it exactly.
    beta[i] = step == roomAbove ? problem.upper[i] : beta[i] + step
    beta[j] = step == roomBelow ? problem.lower[j] : beta[j] - step
    for t in [i, j] {
      canRise[t] = beta[t] < problem.upper[t]
      canFall[t] = beta[t] > problem.lower[t]
    }
    kernel.withRow(Int(rows[j])) { row in
      for t in 0..<active { gradient[t] += step * (gathered[t] - row[Int(rows[t])]) }
    }
  }

  /// Takes out variables at a bound that no violating pair can hold.
  private func shrink(_ hasUnshrunk: inout Bool) {
    var (lowest, highest) = (Double.infinity, -Double.infinity)
    for t in 0..<active {
      if canRise[t] { lowest = min(lowest, gradient[t]) }
      if canFall[t] { highest = max(highest, gradient[t]) }
    }
    if !hasUnshrunk && highest - lowest <= 10 * tolerance {
      hasUnshrunk = true
      if active < count { restoreGradient() }
    }
    var t = 0
    while t < active {
      let isSettled =
        !canRise[t] && gradient[t] < lowest || !canFall[t] && gradient[t] > highest
      if isSettled {
        active -= 1
        exchange(t, active)
      } else {
        t += 1
      }
    }
  }

  /// Computes the gradient of the variables taken out, and takes all in again.
  private func restoreGradient() {
    for t in active..<count { gradient[t] = problem.linear[t] }
    for s in 0..<count where beta[s] != 0 {
      kernel.withRow(Int(rows[s])) { row in
        for t in active..<count { gradient[t] += beta[s] * row[Int(rows[t])] }
      }
    }
    active = count
  }

  private func exchange(_ a: Int, _ b: Int) {
    guard a != b else { return }
    variables.swapAt(a, b)
    problem.linear.swapAt(a, b)
    problem.lower.swapAt(a, b)
    problem.upper.swapAt(a, b)
    swap(&rows[a], &rows[b])
    swap(&beta[a], &beta[b])
    swap(&gradient[a], &gradient[b])
    swap(&diagonal[a], &diagonal[b])
    swap(&canRise[a], &canRise[b])
    swap(&canFall[a], &canFall[b])
  }

  /// ρ is the mean gradient of the variables between their bounds, or the middle of what the others allow.
  private func solution(iterations: Int) -> DualSolution {
    var coefficients = [Double](repeating: 0, count: count)
    var (sum, free, objective) = (0.0, 0.0, 0.0)
    var (above, below) = (Double.infinity, -Double.infinity)
    for t in 0..<count {
      coefficients[variables[t]] = beta[t]
      objective += 0.5 * beta[t] * (gradient[t] + problem.linear[t])
      switch (canRise[t], canFall[t]) {
      case (true, true):
        sum += gradient[t]
        free += 1
      case (true, false): above = min(above, gradient[t])
      case (false, true): below = max(below, gradient[t])
      case (false, false): break
      }
    }
    return DualSolution(
      coefficients: coefficients, offset: free > 0 ? sum / free : (above + below) / 2, objective: objective,
      iterations: iterations)
  }
}
