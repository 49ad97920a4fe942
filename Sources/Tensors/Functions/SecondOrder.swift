/// The product of the Hessian of `loss` with a direction: H·v = ∇(∇loss·v) (Pearlmutter 1994). Handing in one block
/// of parameters gives the product with that diagonal block.
///
/// - Parameters:
///   - loss: a scalar.
///   - direction: one tensor for each of `parameters`, of its shape.
package func hessianVectorProduct(of loss: Tensor, with parameters: [Tensor], direction: [Tensor]) -> [Tensor]
{
  precondition(
    parameters.count == direction.count, "every block of parameters needs its part of the direction")
  let gradient = loss.graph.gradient(of: loss, with: parameters)
  let slope = zip(gradient, direction).reduce(loss.graph.constant(0)) { $0 + dot($1.0, stopGradient($1.1)) }
  return loss.graph.gradient(of: slope, with: parameters)
}

/// The sum of squares of all elements of several tensors.
package func squaredNorm(_ tensors: [Tensor]) -> Tensor {
  precondition(!tensors.isEmpty, "nothing has no norm")
  return tensors.dropFirst().reduce(sum(square(tensors[0]))) { $0 + sum(square($1)) }
}
