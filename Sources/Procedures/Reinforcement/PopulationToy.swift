import Experiments
import Parts
import Randomness

/// The toy of population based training (Jaderberg et al. 2017, arXiv 1711.09846, section 4.1 and figure 2): two workers
/// climb Q(θ) = 1.2 − θ₀² − θ₁² but see only the slope of Q̂ = 1.2 − h₀·θ₀² − h₁·θ₁², one with h = (1, 0), the
/// other with (0, 1).
///
/// Both start at θ = (0.9, 0.9). After each interval the worse one (of equals the second) may copy the better one's θ
/// and h (exploit), and its h may move by a uniform number in ±`perturbation` for each entry, kept in 0 … 1
/// (explore). With `multiplicative` exploration h is multiplied by 0.8 or 1.2 instead, which cannot leave 0. Exploiting
/// alone copies θ and keeps h, as in the paper's ablation.
package struct PopulationToy: Procedure {
  package static let name = "population-toy"
  package static let revision = 1
  package static let summary =
    "two workers climb a hill of which each sees one side, with or without population based training"
  package static let hyperparameters = [
    Hyperparameter("exploit", .flag, default: .flag(true), "whether the worse worker copies the better one"),
    Hyperparameter("explore", .flag, default: .flag(true), "whether the worse worker's h moves"),
    Hyperparameter(
      "exploration", .choice(["additive", "multiplicative"]), default: .text("additive"), "how h moves"),
    Hyperparameter("steps", .integer(1...100_000), default: .integer(200), "steps of each worker"),
    Hyperparameter("interval", .integer(1...100_000), default: .integer(5), "steps between comparisons"),
    Hyperparameter("step-size", .number(1e-6...1), default: .number(0.01), "of gradient ascent"),
    Hyperparameter("perturbation", .number(0...1), default: .number(0.1), "the farthest an entry of h moves"),
  ]
  package static let roles: [DataRole] = []
  package static let predictions: TargetKind? = nil
  package static let columns = [
    OwnColumn("best", .trial, "the larger Q at the end", largerIsBetter: true),
    OwnColumn("q-first", .steps, "Q of the first worker"), OwnColumn("q-second", .steps, "Q of the second"),
    OwnColumn("first-theta0", .steps, "θ₀ of the first worker"),
    OwnColumn("first-theta1", .steps, "θ₁ of the first worker"),
    OwnColumn("second-theta0", .steps, "θ₀ of the second worker"),
    OwnColumn("second-theta1", .steps, "θ₁ of the second worker"),
  ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  private struct Worker {
    var theta = SIMD2(0.9, 0.9)
    var h: SIMD2<Double>

    var q: Double { 1.2 - theta.x * theta.x - theta.y * theta.y }
  }

  package func run(_ context: TrialContext) throws -> Outcome {
    var stream = context.stream("exploration")
    var workers = [Worker(h: SIMD2(1, 0)), Worker(h: SIMD2(0, 1))]
    let (steps, interval) = (settings.integer("steps"), settings.integer("interval"))
    let rate = settings.number("step-size")
    var marks: [Int] = []
    var paths = [[Double]](repeating: [], count: 6)
    for step in 1...steps {
      for i in 0..<2 { workers[i].theta -= rate * 2 * workers[i].h * workers[i].theta }
      guard step % interval == 0 || step == steps else { continue }
      marks.append(step)
      let numbers = workers.map(\.q) + workers.flatMap { [$0.theta.x, $0.theta.y] }
      for (k, number) in numbers.enumerated() { paths[k].append(number) }
      if step < steps { compare(&workers, &stream) }
    }
    let names = Self.columns.dropFirst().map(\.name)
    return Outcome(
      status: .finished, measures: ["best": max(workers[0].q, workers[1].q)],
      curves: zip(names, paths).map { Curve(name: $0, steps: marks, values: $1) },
      cost: CountedCost(examples: 2 * steps))
  }

  private func compare(_ workers: inout [Worker], _ stream: inout RandomStream) {
    let worse = workers[0].q < workers[1].q ? 0 : 1
    let explores = settings.flag("explore")
    if settings.flag("exploit") {
      workers[worse].theta = workers[1 - worse].theta
      if explores { workers[worse].h = workers[1 - worse].h }
    }
    guard explores else { return }
    let width = settings.number("perturbation")
    for j in 0..<2 {
      let draw = stream.uniform()
      let moved =
        settings.text("exploration") == "additive"
        ? workers[worse].h[j] + (2 * draw - 1) * width : workers[worse].h[j] * (draw < 0.5 ? 0.8 : 1.2)
      workers[worse].h[j] = min(max(moved, 0), 1)
    }
  }
}
