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
  static func geluSlope(_ x: Self) -> Self
  /// The larger of each pair; written for each type, since comparisons of lanes are slow in generic code.
  static func larger(_ a: SIMD8<Self>, _ b: SIMD8<Self>) -> SIMD8<Self>
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
  @inline(__always) package static func geluSlope(_ x: Float) -> Float { Tensors.geluSlope(x) }
  @inline(__always) package static func larger(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> SIMD8<Float> {
    a.replacing(with: b, where: b .> a)
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
  @inline(__always) package static func geluSlope(_ x: Double) -> Double { Tensors.geluSlope(x) }
  @inline(__always) package static func larger(_ a: SIMD8<Double>, _ b: SIMD8<Double>) -> SIMD8<Double> {
    a.replacing(with: b, where: b .> a)
  }
}
