import Experiments
import Parts
import Statistics

/// Simulates experiments whose true mean is 0 and counts how often the interval of a claim holds it, and how often a
/// family of true hypotheses loses one.
///
/// A trial is a batch of `data-sets` made-up experiments, numbered by its seed; each is resampled `draws` times. The
/// method `default` is the one that claims use. An interval that cannot be had, or has an infinite end, is counted as
/// one that holds the truth, and its share is given.
package struct VerdictSimulation: Procedure {
  package static let name = "verdict-simulation"
  package static let revision = 6
  package static let summary =
    "simulates experiments without an effect and counts how often intervals and verdicts of claims are right"
  package static let hyperparameters = [
    Hyperparameter(
      "layout", .choice(["independent", "paired", "crossed", "nested"]), default: .text("independent"),
      "how runs hang together: on their own, two methods on the same seeds, folds with shared seeds, folds with own seeds"
    ),
    Hyperparameter(
      "levels", .integer(2...200), default: .integer(10),
      "runs, or for crossed and nested layouts folds; these have five seeds each"),
    Hyperparameter(
      "noise", .choice(SimulatedExperiment.Noise.allCases.map(\.rawValue)), default: .text("normal"),
      "the distribution of every effect"),
    Hyperparameter(
      "method", .choice(["default"] + MultiwayBootstrap.Method.allCases.map(\.rawValue)),
      default: .text("default"), "how the interval is made"),
    Hyperparameter(
      "data-sets", .integer(1...100_000), default: .integer(100), "experiments simulated in a trial"),
    Hyperparameter(
      "family", .integer(1...100), default: .integer(1),
      "hypotheses judged together by Holm's method; each has an experiment of its own"),
    Hyperparameter("draws", .integer(99...9_999), default: .integer(999), "resamples of each experiment"),
  ]
  package static let roles: [DataRole] = []
  package static let predictions: TargetKind? = nil
  package static let columns = [
    OwnColumn("coverage", .trial, "share of the 95 % intervals that hold the true mean"),
    OwnColumn("width", .trial, "mean width of the finite intervals; effects have standard deviation 1"),
    OwnColumn("unbounded", .trial, "share of the experiments without a finite interval"),
    OwnColumn("false-verdicts", .trial, "share of the families with a verdict against a true hypothesis"),
  ]
  /// Seeds within a fold of crossed and nested layouts.
  private static let seedsOfAFold = 5

  private let simulation: CoverageSimulation
  private let dataSets: Int
  private let family: Int

  package init(_ settings: Settings) {
    let levels = settings.integer("levels")
    let layout: SimulatedExperiment.Layout
    switch settings.text("layout") {
    case "paired": layout = .paired(levels)
    case "crossed": layout = .crossed(folds: levels, seeds: Self.seedsOfAFold)
    case "nested": layout = .nested(folds: levels, seeds: Self.seedsOfAFold)
    default: layout = .independent(levels)
    }
    simulation = CoverageSimulation(
      SimulatedExperiment(layout, SimulatedExperiment.Noise(rawValue: settings.text("noise"))!),
      method: MultiwayBootstrap.Method(rawValue: settings.text("method")), draws: settings.integer("draws"))
    dataSets = settings.integer("data-sets")
    family = settings.integer("family")
  }

  package func run(_ context: TrialContext) throws -> Outcome {
    var stream = context.stream("simulation")
    let seed = stream.next()
    let batch = simulation.batch(0..<dataSets, seed: seed)
    let families = max(1, dataSets / family)
    let lost =
      family == 1
      ? batch.falselyAbove + batch.falselyBelow
      : simulation.familyErrors(0..<families, size: family, seed: seed)
    var measures = [
      "coverage": batch.coverage, "unbounded": Double(batch.unbounded) / Double(dataSets),
      "false-verdicts": Double(lost) / Double(families),
    ]
    if batch.meanWidth.isFinite { measures["width"] = batch.meanWidth }
    return Outcome(status: .finished, measures: measures, curves: [], cost: CountedCost(examples: dataSets))
  }
}
