import COpenBLAS

/// A number type that graphs run in: `Float` or `Double`. Kernels are generic over it inside this module, where
/// they become concrete code for both.
package protocol Scalar: BinaryFloatingPoint & SIMDScalar & Codable & Sendable {
  static func exponential(_ x: Self) -> Self
  static func logarithm(_ x: Self) -> Self
  static func hyperbolicTangent(_ x: Self) -> Self
  static func sine(_ x: Self) -> Self
  static func cosine(_ x: Self) -> Self
  static func errorFunction(_ x: Self) -> Self
  static func normalDistribution(_ x: Self) -> Self

  /// C ← op(A)·op(B) + keep·C over row-major arrays by one call of OpenBLAS, never split, because parts of a product
  /// computed alone differ in bits from the whole.
  ///
  /// - Parameters:
  ///   - a: rows × inner, or inner × rows when transposed; `strideA` from row to row.
  ///   - b: inner × columns, or columns × inner when transposed.
  ///   - keep: 0 to overwrite C, whatever it holds, or 1 to add to it.
  static func product(
    _ transposeA: Bool, _ a: UnsafePointer<Self>, _ strideA: Int, _ transposeB: Bool,
    _ b: UnsafePointer<Self>,
    _ strideB: Int, keep: Self, _ c: UnsafeMutablePointer<Self>, _ strideC: Int, rows: Int, inner: Int,
    columns: Int)
}

extension Float: Scalar {
  @inline(__always) package static func exponential(_ x: Float) -> Float { Tensors.exponential(x) }
  @inline(__always) package static func logarithm(_ x: Float) -> Float { Tensors.logarithm(x) }
  @inline(__always) package static func hyperbolicTangent(_ x: Float) -> Float {
    Tensors.hyperbolicTangent(x)
  }
  @inline(__always) package static func sine(_ x: Float) -> Float { Float(Tensors.sine(Double(x))) }
  @inline(__always) package static func cosine(_ x: Float) -> Float { Float(Tensors.cosine(Double(x))) }
  @inline(__always) package static func errorFunction(_ x: Float) -> Float { Tensors.errorFunction(x) }
  @inline(__always) package static func normalDistribution(_ x: Float) -> Float {
    Tensors.normalDistribution(x)
  }

  package static func product(
    _ transposeA: Bool, _ a: UnsafePointer<Float>, _ strideA: Int, _ transposeB: Bool,
    _ b: UnsafePointer<Float>,
    _ strideB: Int, keep: Float, _ c: UnsafeMutablePointer<Float>, _ strideC: Int, rows: Int, inner: Int,
    columns: Int
  ) {
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      blasint(rows), blasint(columns), blasint(inner), 1, a, blasint(strideA), b, blasint(strideB), keep, c,
      blasint(strideC))
  }
}

extension Double: Scalar {
  @inline(__always) package static func exponential(_ x: Double) -> Double { Tensors.exponential(x) }
  @inline(__always) package static func logarithm(_ x: Double) -> Double { Tensors.logarithm(x) }
  @inline(__always) package static func hyperbolicTangent(_ x: Double) -> Double {
    Tensors.hyperbolicTangent(x)
  }
  @inline(__always) package static func sine(_ x: Double) -> Double { Tensors.sine(x) }
  @inline(__always) package static func cosine(_ x: Double) -> Double { Tensors.cosine(x) }
  @inline(__always) package static func errorFunction(_ x: Double) -> Double { Tensors.errorFunction(x) }
  @inline(__always) package static func normalDistribution(_ x: Double) -> Double {
    Tensors.normalDistribution(x)
  }

  package static func product(
    _ transposeA: Bool, _ a: UnsafePointer<Double>, _ strideA: Int, _ transposeB: Bool,
    _ b: UnsafePointer<Double>, _ strideB: Int, keep: Double, _ c: UnsafeMutablePointer<Double>,
    _ strideC: Int,
    rows: Int, inner: Int, columns: Int
  ) {
    cblas_dgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      blasint(rows), blasint(columns), blasint(inner), 1, a, blasint(strideA), b, blasint(strideB), keep, c,
      blasint(strideC))
  }
}

/// √x; exact, and without the library's check for negative numbers, which keeps loops from vectorising.
extension Scalar {
  @inline(__always)
  static func squareRoot(_ x: Self) -> Self { x.squareRoot() }
}
