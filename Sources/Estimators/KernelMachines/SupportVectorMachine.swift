import Tensors

/// A fitted support vector classifier (Cortes & Vapnik 1995) with soft margin: one machine for each pair of the
/// classes that occur, deciding by votes (one against one), the first class winning ties.
///
/// A single class that occurs is always predicted. As LIBSVM (and scikit-learn's `SVC`) does, without class
/// weights.
package struct SupportVectorMachine: Sendable {
  /// The pairs in the order of the decision values; a positive value votes for `first`.
  package let pairs: [(first: Int, second: Int)]
  /// The dual objective ½ βᵀKβ − Σ|β| each pair ended with.
  package let objectives: [Double]
  /// Pair updates of all machines together.
  package let iterations: Int
  /// Floating-point operations of the matrix products of the fit.
  package let flops: Int
  package let supportVectors: Matrix
  let kernel: Kernel
  private let present: [Int]
  private let classes: Int
  /// β, support vectors × pairs.
  private let coefficients: Matrix
  private let offsets: [Double]

  /// - Parameters:
  ///   - cost: C, the bound of each row's coefficient.
  ///   - tolerance: the largest violation of optimality left.
  ///   - memory: bytes of kernel values held at a time.
  /// - Throws: `EstimatorError.noRows`, `.notFinite`.
  package init(
    _ features: Matrix, _ classes: ClassLabels, _ kernel: Kernel, cost: Double, tolerance: Double = 1e-3,
    memory: Int = KernelRows.usualMemory
  ) throws(EstimatorError) {
    try requireFinite(features, "a support vector machine")
    self.kernel = kernel
    self.classes = classes.count
    let sizes = classes.sizes
    present = (0..<classes.count).filter { sizes[$0] > 0 }
    var pairs: [(first: Int, second: Int)] = []
    for (place, first) in present.enumerated() {
      for second in present[(place + 1)...] { pairs.append((first, second)) }
    }
    self.pairs = pairs
    let members = (0..<classes.count).map { wanted in
      (0..<features.rows).filter { classes.labels[$0] == wanted }
    }
    let rows = pairs.isEmpty ? nil : KernelRows(features, kernel, memory: memory)
    var solutions: [(rows: [Int], solution: DualSolution)] = []
    for (first, second) in pairs {
      let own = members[first] + members[second]
      let signs = own.map { classes.labels[$0] == first ? 1.0 : -1.0 }
      let problem = DualProblem(
        rows: own, linear: signs.map { -$0 }, lower: signs.map { min(0, $0 * cost) },
        upper: signs.map { max(0, $0 * cost) })
      solutions.append(
        (own, SequentialMinimalOptimization(problem, rows!, tolerance: tolerance).solve()))
    }
    var isSupport = [Bool](repeating: false, count: features.rows)
    for (own, solution) in solutions {
      for (row, value) in zip(own, solution.coefficients) where value != 0 { isSupport[row] = true }
    }
    let supports = (0..<features.rows).filter { isSupport[$0] }
    var place = [Int](repeating: 0, count: features.rows)
    for (s, row) in supports.enumerated() { place[row] = s }
    var coefficients = Matrix(zeros: supports.count, pairs.count)
    for (p, (own, solution)) in solutions.enumerated() {
      for (row, value) in zip(own, solution.coefficients) where value != 0 {
        coefficients[place[row], p] = value
      }
    }
    supportVectors = features.rows(at: supports)
    self.coefficients = coefficients
    offsets = solutions.map(\.solution.offset)
    objectives = solutions.map(\.solution.objective)
    flops = rows?.flops ?? 0
    iterations = solutions.reduce(0) { $0 + $1.solution.iterations }
  }

  /// Decision values, rows × pairs.
  package func decisionValues(_ features: Matrix) -> Matrix {
    var values = Matrix(zeros: features.rows, pairs.count)
    for start in stride(from: 0, to: features.rows, by: kernelBlockRows) {
      let block = features.rows(at: Array(start..<min(start + kernelBlockRows, features.rows)))
      let products = kernel.cross(block, supportVectors).times(coefficients)
      for i in 0..<block.rows {
        for p in 0..<pairs.count { values[start + i, p] = products[i, p] - offsets[p] }
      }
    }
    return values
  }

  /// The share of the pairs' votes each class wins, rows × classes; classes that did not occur have none. The
  /// largest, the first of equals, is the prediction; the shares are no calibrated probabilities.
  package func voteShares(_ features: Matrix) -> [Double] {
    var votes = [Double](repeating: 0, count: features.rows * classes)
    if pairs.isEmpty {
      for i in 0..<features.rows { votes[i * classes + present[0]] = 1 }
      return votes
    }
    let values = decisionValues(features)
    for i in 0..<features.rows {
      for (p, pair) in pairs.enumerated() {
        votes[i * classes + (values[i, p] > 0 ? pair.first : pair.second)] += 1 / Double(pairs.count)
      }
    }
    return votes
  }
}

/// Rows whose kernel values with all support vectors are held at a time; fixed, because the bits of a product
/// depend on it.
let kernelBlockRows = 512
