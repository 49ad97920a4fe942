import Experiments
import Glibc
import Randomness

/// A function to be minimised, with its space and known optimum.
struct Objective: Sendable {
  let space: Space
  let optimum: Double
  let value: @Sendable (Settings) -> Double

  /// The median of 100,000 random configurations.
  var reference: Double {
    var random = RandomStream(seed: 12345, role: "benchmark", purpose: "reference")
    var values = (0..<100_000).map { _ in value(space.draw(&random)) }
    values.sort()
    return (values[49_999] + values[50_000]) / 2
  }

  /// By name; `bumps7` is the seventh of as many as one likes.
  static subscript(name: String) -> Objective? {
    if name.hasPrefix("bumps"), let number = UInt64(name.dropFirst(5)) { return bumps(number) }
    return all.first { $0.name == name }?.objective
  }

  private static func continuous(
    _ bounds: [(Double, Double)], optimum: Double, _ f: @escaping @Sendable ([Double]) -> Double
  ) -> Objective {
    let names = bounds.indices.map { "x\($0)" }
    return Objective(
      space: Space(
        zip(names, bounds).map {
          Dimension(name: $0, path: [$0], domain: .number(from: $1.0, to: $1.1, logarithmic: false))
        }), optimum: optimum, value: { configuration in f(names.map { configuration.number($0) }) })
  }

  static let all: [(name: String, objective: Objective)] = [
    ("branin", continuous([(-5, 10), (0, 15)], optimum: 0.39788735772973816, branin)),
    ("hartmann6", continuous(Array(repeating: (0, 1), count: 6), optimum: -3.322368011391339, hartmann6)),
    ("rosen5log", continuous(Array(repeating: (-5, 10), count: 5), optimum: 0, rosenbrockLogarithm)),
    ("ackley4", continuous(Array(repeating: (-8, 20), count: 4), optimum: 0, ackley)),
    ("levy5", continuous(Array(repeating: (-10, 10), count: 5), optimum: 0, levy)),
    ("griewank6", continuous(Array(repeating: (-40, 70), count: 6), optimum: 0, griewank)),
    (
      "styblinski4",
      continuous(Array(repeating: (-5, 5), count: 4), optimum: -39.16616570377142 * 4, styblinskiTang)
    ),
    ("rastrigin3", continuous(Array(repeating: (-3, 6), count: 3), optimum: 0, rastrigin)),
    ("dixon5log", continuous(Array(repeating: (-10, 10), count: 5), optimum: 0, dixonPriceLogarithm)),
    ("zakharov4", continuous(Array(repeating: (-5, 10), count: 4), optimum: 0, zakharov)),
    (
      "michalewicz4", continuous(Array(repeating: (0, .pi), count: 4), optimum: -3.6988570984, michalewicz)
    ),
    ("powell4log", continuous(Array(repeating: (-4, 5), count: 4), optimum: 0, powellLogarithm)),
    ("mixed", mixed),
    ("conditional", conditional),
  ]

  private static func branin(_ x: [Double]) -> Double {
    let t = x[1] - 5.1 / (4 * .pi * .pi) * x[0] * x[0] + 5 / .pi * x[0] - 6
    return t * t + 10 * (1 - 1 / (8 * .pi)) * cos(x[0]) + 10
  }

  private static func hartmann6(_ x: [Double]) -> Double {
    let a: [[Double]] = [
      [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8],
      [17, 8, 0.05, 10, 0.1, 14],
    ]
    let p: [[Double]] = [
      [1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
      [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381],
    ]
    let c = [1.0, 1.2, 3.0, 3.2]
    var sum = 0.0
    for i in 0..<4 {
      var exponent = 0.0
      for j in 0..<6 { exponent += a[i][j] * (x[j] - 1e-4 * p[i][j]) * (x[j] - 1e-4 * p[i][j]) }
      sum -= c[i] * exp(-exponent)
    }
    return sum
  }

  private static func rosenbrockLogarithm(_ x: [Double]) -> Double {
    var sum = 0.0
    for i in 0..<x.count - 1 {
      sum += 100 * (x[i + 1] - x[i] * x[i]) * (x[i + 1] - x[i] * x[i]) + (1 - x[i]) * (1 - x[i])
    }
    return log10(1 + sum)
  }

  private static func ackley(_ x: [Double]) -> Double {
    let n = Double(x.count)
    let square = x.reduce(0) { $0 + $1 * $1 } / n
    return -20 * exp(-0.2 * square.squareRoot()) - exp(x.reduce(0) { $0 + cos(2 * .pi * $1) } / n) + 20
      + M_E
  }

  private static func levy(_ x: [Double]) -> Double {
    let w = x.map { 1 + ($0 - 1) / 4 }
    var sum = sin(.pi * w[0]) * sin(.pi * w[0])
    for v in w.dropLast() {
      let s = sin(.pi * v + 1)
      sum += (v - 1) * (v - 1) * (1 + 10 * s * s)
    }
    let last = w[w.count - 1]
    let s = sin(2 * .pi * last)
    return sum + (last - 1) * (last - 1) * (1 + s * s)
  }

  private static func griewank(_ x: [Double]) -> Double {
    var product = 1.0
    for (i, v) in x.enumerated() { product *= cos(v / Double(i + 1).squareRoot()) }
    return x.reduce(0) { $0 + $1 * $1 } / 4000 - product + 1
  }

  private static func styblinskiTang(_ x: [Double]) -> Double {
    x.reduce(0) { $0 + 0.5 * ($1 * $1 * $1 * $1 - 16 * $1 * $1 + 5 * $1) }
  }

  private static func rastrigin(_ x: [Double]) -> Double {
    x.reduce(10 * Double(x.count)) { $0 + $1 * $1 - 10 * cos(2 * .pi * $1) }
  }

  private static func dixonPriceLogarithm(_ x: [Double]) -> Double {
    var sum = (x[0] - 1) * (x[0] - 1)
    for i in 1..<x.count {
      let t = 2 * x[i] * x[i] - x[i - 1]
      sum += Double(i + 1) * t * t
    }
    return log10(1 + sum)
  }

  private static func michalewicz(_ x: [Double]) -> Double {
    x.enumerated().reduce(0) {
      $0 - sin($1.element) * pow(sin(Double($1.offset + 1) * $1.element * $1.element / .pi), 20)
    }
  }

  private static func powellLogarithm(_ x: [Double]) -> Double {
    let (a, b, c, d) = (x[0] + 10 * x[1], x[2] - x[3], x[1] - 2 * x[2], x[0] - x[3])
    return log10(1 + a * a + 5 * b * b + c * c * c * c + 10 * d * d * d * d)
  }

  /// Five drawn Gaussian bumps of like depth in six dimensions, each with its own width a dimension: as many optima.
  private static func bumps(_ number: UInt64) -> Objective {
    var random = RandomStream(seed: number, role: "benchmark", purpose: "bumps")
    let bumps = (0..<5).map { _ in
      (
        depth: 2.4 + 0.8 * random.uniform(), centre: (0..<6).map { _ in 0.1 + 0.8 * random.uniform() },
        rates: (0..<6).map { _ in pow(10, -0.3 + 1.5 * random.uniform()) }
      )
    }
    /// What each bump takes off at a point.
    @Sendable func parts(_ x: [Double]) -> [Double] {
      bumps.map { bump in
        bump.depth
          * exp(
            x.indices.reduce(0) {
              $0 - bump.rates[$1] * (x[$1] - bump.centre[$1]) * (x[$1] - bump.centre[$1])
            })
      }
    }
    @Sendable func value(_ x: [Double]) -> Double { -parts(x).reduce(0, +) }
    // The optimum is a fixed point of the mean shift from one of the centres.
    let optimum = bumps.map { bump in
      var x = bump.centre
      for _ in 0..<2000 {
        let parts = parts(x)
        x = x.indices.map { j in
          let pulls = zip(parts, bumps).map { $0 * $1.rates[j] }
          return zip(pulls, bumps).reduce(0) { $0 + $1.0 * $1.1.centre[j] } / pulls.reduce(0, +)
        }
      }
      return value(x)
    }.min()!
    return continuous(Array(repeating: (0, 1), count: 6), optimum: optimum, value)
  }

  private static func zakharov(_ x: [Double]) -> Double {
    var (square, weighted) = (0.0, 0.0)
    for (i, v) in x.enumerated() {
      square += v * v
      weighted += 0.5 * Double(i + 1) * v
    }
    return log10(1 + square + weighted * weighted + weighted * weighted * weighted * weighted)
  }

  /// Two numbers, a whole number and two choices, of which one shifts the optimum.
  private static let mixed = Objective(
    space: Space([
      Dimension(name: "rate", path: ["rate"], domain: .number(from: 1e-5, to: 1, logarithmic: true)),
      Dimension(name: "share", path: ["share"], domain: .number(from: 0, to: 1, logarithmic: false)),
      Dimension(name: "width", path: ["width"], domain: .integer(from: 4, to: 512, logarithmic: true)),
      Dimension(
        name: "activation", path: ["activation"],
        domain: .choice(["relu", "tanh", "gelu", "sine"].map(Setting.text))),
      Dimension(name: "norm", path: ["norm"], domain: .choice([.flag(false), .flag(true)])),
    ]), optimum: 0,
    value: { configuration in
      let activation = ["relu": 0.0, "tanh": 0.3, "gelu": 0.05, "sine": 0.6][
        configuration.text("activation")]!
      let best = ["relu": -2.5, "tanh": -1.5, "gelu": -3, "sine": -3.5][configuration.text("activation")]!
      let rate = log10(configuration.number("rate")) - best - (configuration.flag("norm") ? 0.5 : 0)
      let width = log2(Double(configuration.integer("width"))) - 7
      let share = configuration.number("share") - 0.35
      return activation + 0.4 * rate * rate + 0.05 * width * width + 2 * share * share
        + 0.3 * abs(rate * share) + (configuration.flag("norm") ? 0 : 0.1)
    })

  /// Three branches with children of their own, one of them with a branch below it.
  private static let conditional = Objective(
    space: Space([
      Dimension(name: "model", path: ["model"], domain: .choice(["svm", "forest", "net"].map(Setting.text))),
      Dimension(
        name: "kernel", path: ["kernel"], domain: .choice(["linear", "rbf"].map(Setting.text)),
        activation: .init(parent: "model", options: [.text("svm")])),
      Dimension(
        name: "penalty", path: ["penalty"], domain: .number(from: 1e-3, to: 1e3, logarithmic: true),
        activation: .init(parent: "model", options: [.text("svm")])),
      Dimension(
        name: "gamma", path: ["gamma"], domain: .number(from: 1e-4, to: 10, logarithmic: true),
        activation: .init(parent: "kernel", options: [.text("rbf")])),
      Dimension(
        name: "leaf", path: ["leaf"], domain: .integer(from: 1, to: 20, logarithmic: false),
        activation: .init(parent: "model", options: [.text("forest")])),
      Dimension(
        name: "features", path: ["features"], domain: .number(from: 0.05, to: 1, logarithmic: false),
        activation: .init(parent: "model", options: [.text("forest")])),
      Dimension(
        name: "rate", path: ["rate"], domain: .number(from: 1e-5, to: 1, logarithmic: true),
        activation: .init(parent: "model", options: [.text("net")])),
      Dimension(
        name: "decay", path: ["decay"], domain: .number(from: 1e-6, to: 1, logarithmic: true),
        activation: .init(parent: "model", options: [.text("net")])),
    ]), optimum: 0,
    value: { configuration in
      switch configuration.text("model") {
      case "svm":
        let penalty = log10(configuration.number("penalty")) - 1
        guard configuration.text("kernel") == "rbf" else { return 0.3 + 0.05 * penalty * penalty }
        let gamma = log10(configuration.number("gamma")) + 1.5
        return 0.1 * penalty * penalty + 0.25 * gamma * gamma + 0.1 * abs(penalty + gamma)
      case "forest":
        let features = configuration.number("features") - 0.3
        return 0.15 + 0.02 * Double(configuration.integer("leaf") - 1) + features * features
      default:
        let rate = log10(configuration.number("rate")) + 2.5
        let decay = log10(configuration.number("decay")) + 4
        return 0.08 + 0.2 * rate * rate + 0.02 * decay * decay
      }
    })
}
