import Randomness
import Tensors

extension DenseLayer {
  /// Half the width of the uniform distribution its initial weights are drawn from.
  ///
  /// Before a ReLU: √(6/inputs), which has the variance 2/inputs of He et al. (ICCV 2015, eq. 10). Otherwise:
  /// √(6/(inputs + outputs)), Glorot & Bengio (AISTATS 2010, eq. 16). Biases start at zero.
  package var initialBound: Double {
    switch activation {
    case .relu: (6 / Double(inputs)).squareRoot()
    case .identity, .tanh: (6 / Double(inputs + outputs)).squareRoot()
    }
  }

  /// Draws inputs × outputs weights, uniform in ±`initialBound`.
  func drawWeights(into weights: UnsafeMutablePointer<Float>, from stream: inout RandomStream) {
    let bound = Float(initialBound)
    for i in 0..<inputs * outputs { weights[i] = (2 * stream.uniformFloat() - 1) * bound }
  }
}
