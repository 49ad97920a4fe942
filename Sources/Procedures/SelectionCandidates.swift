import Estimators
import Randomness
import Tensors

/// Twenty-four predictors of one target, from which conformal selection chooses: linear and kernel ridge regressions, means and
/// quantiles of neighbours, forests, some of them divided by an estimate of the spread, and noise.
struct SelectionCandidates {
  static let count = 24

  private let features: Matrix
  private let targets: [Double]
  /// Coefficients of the kernel machines, in the order of `kernels`.
  private let coefficients: [[Double]]
  private let neighbours: NearestNeighbours
  private let forests: [RandomForest]
  /// |target − mean of its 15 nearest others| of each row, from which spreads are estimated.
  private let residuals: [Double]
  private let noise: [[Double]]
  private let kernels: [SelectionKernel]

  /// - Parameters:
  ///   - features: rows × columns.
  ///   - stream: of a purpose and an index.
  init(_ features: Matrix, _ targets: [Double], stream: (String, Int) -> RandomStream) throws {
    self.features = features
    self.targets = targets
    kernels = SelectionKernel.all
    coefficients = try kernels.map { try $0.fit(features, targets) }
    neighbours = try NearestNeighbours(features)
    forests = try [1, 5].enumerated().map { index, leaf in
      try RandomForest(
        features, targets, trees: 20, TreeSettings(minimumLeaf: leaf, columnsTried: 7)
      ) { stream("forest-\(index)", $0) }
    }
    residuals = neighbours.search(features, count: 16).enumerated().map { row, found in
      let others = found.filter { $0.row != row }.prefix(15)
      return abs(targets[row] - others.reduce(0) { $0 + targets[$1.row] } / Double(others.count))
    }
    noise = (0..<2).map { index in
      var stream = stream("noise", index)
      return (0..<features.columns).map { _ in stream.normal() }
    }
  }

  /// The predictions of all candidates, candidate by candidate.
  func predict(_ rows: Matrix) -> [[Double]] {
    let machines = zip(kernels, coefficients).map { kernel, weights in
      kernel.between(rows, features).times(weights)
    }
    let found = neighbours.search(rows, count: 31).map { $0.map(\.row) }
    let means = [3, 7, 15, 31].map { count in
      found.map { near in near.prefix(count).reduce(0) { $0 + targets[$1] } / Double(min(count, near.count)) }
    }
    let quantiles = [0.25, 0.5, 0.75].map { share in
      found.map { near in
        let sorted = near.prefix(15).map { targets[$0] }.sorted()
        return sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
      }
    }
    let grown = forests.map { $0.predict(rows) }
    let spread = found.map { near in
      near.prefix(15).reduce(0) { $0 + residuals[$1] } / Double(min(15, near.count)) + 1e-6
    }
    let scaled = [machines[4], means[2], grown[1]].map { zip($0, spread).map { $0 / $1 } }
    let random = noise.map { rows.times($0) }
    return machines + means + quantiles + grown + scaled + random
  }
}

/// Kernel ridge regression of one kernel and penalty, in closed form also when each row is left out.
struct SelectionKernel: Sendable {
  enum Shape: Sendable {
    /// 1 + x·x′
    case linear
    /// (1 + x·x′)²
    case quadratic
    /// e^(−γ ‖x − x′‖²)
    case gaussian(Double)
  }

  let shape: Shape
  let penalty: Double

  /// Four linear and six others.
  static let all =
    [0.1, 1, 10, 100].map { SelectionKernel(shape: .linear, penalty: $0) }
    + [1.0, 10].map { SelectionKernel(shape: .quadratic, penalty: $0) }
    + [0.05, 0.2].flatMap { width in
      [0.1, 1].map { SelectionKernel(shape: .gaussian(width), penalty: $0) }
    }

  /// The kernel of each row of one matrix with each of another.
  func between(_ a: Matrix, _ b: Matrix) -> Matrix {
    var products = a.timesTransposed(b)
    let squares = [a, b].map { matrix in
      (0..<matrix.rows).map { row in matrix.row(row).reduce(0) { $0 + $1 * $1 } }
    }
    for i in 0..<a.rows {
      for j in 0..<b.rows {
        let product = products[i, j]
        switch shape {
        case .linear: products[i, j] = 1 + product
        case .quadratic: products[i, j] = (1 + product) * (1 + product)
        case .gaussian(let width):
          products[i, j] = exponential(-width * max(0, squares[0][i] + squares[1][j] - 2 * product))
        }
      }
    }
    return products
  }

  /// The coefficients (K + penalty · 1)⁻¹ y.
  func fit(_ features: Matrix, _ targets: [Double]) throws -> [Double] {
    try Cholesky(regularised(between(features, features))).solve(targets)
  }

  /// The coefficients, and each row's prediction by the fit without it: yᵢ − aᵢ / Gᵢᵢ with G = (K + penalty · 1)⁻¹ (Rasmussen,
  /// Williams, "Gaussian processes for machine learning", 2006, eq. 5.12).
  func leaveOneOut(_ kernel: Matrix, _ targets: [Double]) throws -> (
    coefficients: [Double], predictions: [Double]
  ) {
    let inverse = try Cholesky(regularised(kernel)).inverse()
    let coefficients = inverse.times(targets)
    return (coefficients, targets.indices.map { targets[$0] - coefficients[$0] / inverse[$0, $0] })
  }

  private func regularised(_ kernel: Matrix) -> Matrix {
    var kernel = kernel
    for i in 0..<kernel.rows { kernel[i, i] += penalty }
    return kernel
  }
}
