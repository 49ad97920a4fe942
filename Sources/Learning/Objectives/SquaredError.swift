import Tensors

/// (prediction − target)² for each element.
package func squaredError(_ predictions: Tensor, targets: Tensor) -> Tensor { square(predictions - targets) }
