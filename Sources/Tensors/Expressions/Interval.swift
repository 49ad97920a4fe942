/// A box of numbers by centre and radius; functions of it hold every value the function takes in the box (interval
/// bound propagation, Gowal et al. 2018).
package struct Interval {
  package let center: Tensor
  /// Not negative, the shape of `center`.
  package let radius: Tensor

  package init(center: Tensor, radius: Tensor) {
    precondition(center.shape == radius.shape, "\(radius.shape) are no radii for \(center.shape)")
    self.center = center
    self.radius = radius
  }

  package init(lower: Tensor, upper: Tensor) {
    self.init(center: 0.5 * (lower + upper), radius: 0.5 * (upper - lower))
  }

  package var lower: Tensor { center - radius }
  package var upper: Tensor { center + radius }

  /// The box after a function that never falls, such as relu or tanh.
  package func mapMonotone(_ function: (Tensor) -> Tensor) -> Interval {
    Interval(lower: function(lower), upper: function(upper))
  }

  /// x·W + b for every x in the box: centre c·W + b, radius r·|W|.
  package func affine(_ weights: Tensor, _ bias: Tensor?) -> Interval {
    let moved = matmul(center, weights)
    return Interval(center: bias.map { moved + $0 } ?? moved, radius: matmul(radius, absolute(weights)))
  }

  /// x·W + b for every x and every W in their boxes: radius |c|·R + r·(|C| + R).
  package func affine(_ weights: Interval, _ bias: Interval?) -> Interval {
    let center = matmul(self.center, weights.center)
    let radius =
      matmul(absolute(self.center), weights.radius)
      + matmul(self.radius, absolute(weights.center) + weights.radius)
    return Interval(
      center: bias.map { center + $0.center } ?? center, radius: bias.map { radius + $0.radius } ?? radius)
  }

  /// The convolution with fixed weights for every image in the box.
  package func convolved(
    _ weights: Tensor, _ bias: Tensor?, stride: Int = 1, padding: (Int, Int) = (0, 0)
  ) -> Interval {
    let moved = convolution(center, weights, stride: stride, padding: padding)
    return Interval(
      center: bias.map { moved + $0 } ?? moved,
      radius: convolution(radius, absolute(weights), stride: stride, padding: padding))
  }
}
