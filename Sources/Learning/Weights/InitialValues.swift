import Randomness
import Tensors

/// What a parameter starts from.
package enum InitialValues: Hashable, Sendable {
  case constant(Double)
  /// Uniform in ±bound.
  case uniform(bound: Double)
  case normal(deviation: Double)
  /// The values themselves, row-major.
  case values([Float])

  package static let zeros = InitialValues.constant(0)
  package static let ones = InitialValues.constant(1)

  /// Uniform with variance 2/inputs, for weights before a ReLU (He et al., ICCV 2015, eq. 10).
  package static func he(inputs: Int) -> InitialValues {
    .uniform(bound: (6 / Double(inputs)).squareRoot())
  }

  /// Uniform with variance 2/(inputs + outputs), for weights before other functions (Glorot & Bengio, AISTATS
  /// 2010, eq. 16).
  package static func glorot(inputs: Int, outputs: Int) -> InitialValues {
    .uniform(bound: (6 / Double(inputs + outputs)).squareRoot())
  }

  /// Writes `count` values.
  func write(_ target: UnsafeMutablePointer<Float>, count: Int, from stream: () -> RandomStream) {
    switch self {
    case .constant(let value): target.update(repeating: Float(value), count: count)
    case .uniform(let bound):
      var stream = stream()
      let bound = Float(bound)
      for i in 0..<count { target[i] = (2 * stream.uniformFloat() - 1) * bound }
    case .normal(let deviation):
      var stream = stream()
      for i in 0..<count { target[i] = Float(stream.normal() * deviation) }
    case .values(let values):
      precondition(values.count == count, "\(values.count) initial values do not fill \(count) parameters")
      for i in 0..<count { target[i] = values[i] }
    }
  }
}
