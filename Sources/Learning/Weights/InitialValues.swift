import Randomness
import Tensors

/// What a parameter starts from.
package enum InitialValues: Hashable, Sendable {
  case constant(Double)
  /// Uniform in ±bound.
  case uniform(bound: Double)
  case normal(deviation: Double)
  /// Matrices of `inputs` rows, one after another, each with orthonormal rows or columns, whichever are fewer, times
  /// its gain (Saxe, McClelland & Ganguli, ICLR 2014).
  case orthogonal(inputs: Int, outputs: Int, gains: [Double])
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
    case .orthogonal(let inputs, let outputs, let gains):
      precondition(gains.count * inputs * outputs == count, "\(gains.count) matrices do not fill \(count)")
      var stream = stream()
      for (k, gain) in gains.enumerated() {
        writeOrthogonal(target + k * inputs * outputs, inputs, outputs, gain: gain, from: &stream)
      }
    case .values(let values):
      precondition(values.count == count, "\(values.count) initial values do not fill \(count) parameters")
      for i in 0..<count { target[i] = values[i] }
    }
  }
}

/// Writes a matrix (rows × columns) with orthonormal rows or columns times `gain`: normal vectors, each freed twice of
/// its parts along those before it (Gram–Schmidt) and brought to length 1.
private func writeOrthogonal(
  _ target: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int, gain: Double,
  from stream: inout RandomStream
) {
  let (count, length) = (min(rows, columns), max(rows, columns))
  var vectors: [[Double]] = []
  for _ in 0..<count {
    var vector = (0..<length).map { _ in stream.normal() }
    for _ in 0..<2 {
      for other in vectors {
        let along = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
        for i in 0..<length { vector[i] -= along * other[i] }
      }
    }
    let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    vectors.append(vector.map { $0 / norm })
  }
  for row in 0..<rows {
    for column in 0..<columns {
      let value = rows >= columns ? vectors[column][row] : vectors[row][column]
      target[row * columns + column] = Float(gain * value)
    }
  }
}
