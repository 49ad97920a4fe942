import Tensors

/// A kernel function of two rows, for kernel machines.
package enum Kernel: Hashable, Sendable {
  /// x·y
  case linear
  /// (scale · x·y + offset)^degree
  case polynomial(degree: Int, scale: Double, offset: Double)
  /// exp(−scale · ‖x − y‖²)
  case rbf(scale: Double)
  /// exp(−scale · Σ |xᵢ − yᵢ|)
  case laplace(scale: Double)

  /// The matrix between the rows of one matrix, rows × rows, exactly symmetric.
  package func gram(_ rows: Matrix) -> Matrix {
    if case .laplace = self { return cross(rows, rows) }
    return rows.outerGram { i, products, squares in
      apply(products, own: squares[i], others: squares, count: i + 1)
    }
  }

  /// The matrix between the rows of `a` and those of `b`, a.rows × b.rows.
  package func cross(_ a: Matrix, _ b: Matrix) -> Matrix {
    if case .laplace(let scale) = self { return Self.laplace(a, b, scale) }
    var result = a.timesTransposed(b)
    let (own, others) = (squaredNorms(a), squaredNorms(b))
    result.values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for i in 0..<a.rows { apply(base + i &* b.rows, own: own[i], others: others, count: b.rows) }
    }
    return result
  }

  /// k(x, x) of each row.
  func diagonal(_ rows: Matrix) -> [Double] {
    switch self {
    case .rbf, .laplace: return [Double](repeating: 1, count: rows.rows)
    case .linear, .polynomial:
      var squares = squaredNorms(rows)
      let zeros = squares
      squares.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        apply(base, own: 0, others: zeros, count: rows.rows)
      }
      return squares
    }
  }

  /// Turns scalar products of one row with others into kernel values.
  ///
  /// - Parameters:
  ///   - own: the row's squared norm.
  ///   - others: the others' squared norms.
  private func apply(_ products: UnsafeMutablePointer<Double>, own: Double, others: [Double], count: Int) {
    switch self {
    case .linear: break
    case .polynomial(let degree, let scale, let offset):
      for j in 0..<count {
        let base = scale * products[j] + offset
        var power = 1.0
        for _ in 0..<degree { power *= base }
        products[j] = power
      }
    case .rbf(let scale):
      others.withUnsafeBufferPointer { others in
        for j in 0..<count {
          // Rounding may make the squared distance of equal rows a little less than 0.
          let distance = (own + others[j]) - 2 * products[j]
          products[j] = distance > 0 ? -scale * distance : 0
        }
      }
      exponentiate(products, count: count)
    case .laplace: preconditionFailure("the Laplace kernel is no function of scalar products")
    }
  }

  private static func laplace(_ a: Matrix, _ b: Matrix, _ scale: Double) -> Matrix {
    let points = b.transposed
    var result = Matrix(zeros: a.rows, b.rows)
    result.values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      points.values.withUnsafeBufferPointer { points in
        for i in 0..<a.rows {
          let row = base + i &* b.rows
          for k in 0..<a.columns {
            let value = a.values[i &* a.columns &+ k]
            let offset = k &* b.rows
            for j in 0..<b.rows { row[j] -= scale * abs(value - points[offset &+ j]) }
          }
          exponentiate(row, count: b.rows)
        }
      }
    }
    return result
  }
}

/// Σ xᵢ² of each row.
func squaredNorms(_ rows: Matrix) -> [Double] {
  (0..<rows.rows).map { i in rows.row(i).reduce(0) { $0 + $1 * $1 } }
}

/// 1 / (columns · variance of all features taken together), the scale at which kernel widths are natural
/// (scikit-learn's `gamma="scale"`); 1 where all features are equal.
package func naturalKernelScale(_ features: Matrix) -> Double {
  let count = Double(features.values.count)
  let mean = features.values.reduce(0, +) / count
  let variance = features.values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
  return variance > 0 ? 1 / (Double(features.columns) * variance) : 1
}
