import Tensors

extension DerivativeCase {
  static let all = elementwise + structural + reducing

  static let elementwise: [DerivativeCase] = [
    DerivativeCase("arithmetic", [[2, 3], [3]]) { _, x in (x[0] + x[1]) * (x[0] - 2 * x[1]) + -x[0] },
    DerivativeCase("quotient", [[2, 3], [2, 1]], low: 0.5, high: 2) { _, x in x[0] / x[1] },
    DerivativeCase("square root", [[5]], low: 0.3, high: 2) { _, x in squareRoot(x[0]) },
    DerivativeCase("broadcast", [[2, 1, 3]]) { _, x in square(broadcast(x[0], to: [4, 2, 2, 3])) },
    DerivativeCase("broadcast in the middle", [[2, 1, 3], [4, 1]]) { _, x in x[0] * x[1] * x[0] },
    DerivativeCase("exponential", [[5]]) { _, x in exponential(x[0]) },
    DerivativeCase("logarithm", [[5]], low: 0.3, high: 3) { _, x in logarithm(x[0]) },
    DerivativeCase("sine and cosine", [[5]], low: -7, high: 7) { _, x in sine(x[0]) + 2 * cosine(x[0] * 0.7)
    },
    DerivativeCase("error function", [[9]], low: -2, high: 2) { _, x in errorFunction(x[0]) },
    DerivativeCase("power", [[4], [4]], low: 0.3, high: 2) { _, x in power(x[0], x[1]) + power(x[0], 3) },
    DerivativeCase("maximum and minimum", [[7], [7]]) { _, x in
      maximum(square(x[0]), x[1]) * minimum(x[0], square(x[1]))
    },
    DerivativeCase("clip", [[9]]) { _, x in square(clip(x[0], -0.7, 0.8)) },
    DerivativeCase("absolute", [[6]]) { _, x in absolute(x[0]) * x[0] * sign(x[0]) },
    DerivativeCase("comparisons", [[6], [6]]) { _, x in
      (x[0] > x[1]) * square(x[0]) + (x[0] >= 0) * x[1] + equal(x[0], x[0]) * x[0] * x[1]
    },
    DerivativeCase("choice", [[6], [6]]) { _, x in choose(x[0] > 0, square(x[0]) * x[1], x[1] * x[1]) },
    DerivativeCase("relu", [[7]]) { _, x in square(relu(x[0])) },
    DerivativeCase("leaky relu", [[7]]) { _, x in square(leakyRelu(x[0], slope: 0.2)) },
    DerivativeCase("tanh", [[7]]) { _, x in tanh(x[0]) },
    DerivativeCase("sigmoid", [[7]]) { _, x in sigmoid(x[0]) },
    DerivativeCase("softplus", [[7]], low: -4, high: 4) { _, x in softplus(x[0]) + logSigmoid(x[0] * 2) },
    DerivativeCase("gelu", [[9]], low: -3, high: 3) { _, x in gelu(x[0]) },
    DerivativeCase("silu", [[7]]) { _, x in silu(x[0]) },
    DerivativeCase("rounding adds nothing", [[6]]) { _, x in
      square(x[0]) * rounded(3 * x[0]) + x[0] * rounded(x[0], to: .e4m3)
    },
    DerivativeCase("stopped gradient", [[6]]) { _, x in
      // A stopped factor is a constant, which differences cannot see: only its kind of use is checked here.
      square(x[0]) + 0 * stopGradient(x[0])
    },
    DerivativeCase("custom gradient", [[6]]) { _, x in
      customGradient(exponential(x[0]), of: [x[0]]) { [$0 * exponential(x[0])] }
    },
    DerivativeCase("straight through", [[6]]) { _, x in square(straightThrough(x[0], to: x[0])) },
  ]
}
