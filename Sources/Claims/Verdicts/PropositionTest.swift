import Experiments
import Statistics

/// Tests one proposition of a claim in both directions.
struct PropositionTest {
  let evaluator: Evaluator
  let claim: Claim

  func part(_ proposition: Proposition) -> Judgement.Part {
    let coverage = ProfileCoverage(tables: evaluator.tables, scope: evaluator.schemas)
    let literal = proposition.right.literal
    let bound = literal ?? 0
    if let level = coverage.absentLevel(proposition.difference) {
      return open(proposition, bound, nil, "there are no results with \(level)", isLacking: true)
    }
    let quantity = literal == nil ? proposition.difference : proposition.left
    let resampled: Evaluator.Resampled
    do throws(EvaluationProblem) {
      resampled = try evaluator.resample(
        quantity, restrictedTo: [], units: claim.unit, isPaired: claim.test != .bootstrap)
    } catch {
      return open(proposition, bound, nil, error.message, isLacking: false)
    }
    let estimate = resampled.estimate(level: claim.level)
    if estimate.flags.contains(.noRows) {
      return open(proposition, bound, estimate, "there are no rows for some of it", isLacking: true)
    }
    guard resampled.value.isFinite else {
      return open(proposition, bound, estimate, "its value is undefined", isLacking: false)
    }
    if claim.role == .identity || resampled.isExact {
      return exact(proposition, resampled, estimate, bound)
    }
    if claim.test == .permutation { return permutation(proposition, resampled, estimate, bound) }
    guard let distribution = resampled.distribution else {
      return open(proposition, bound, estimate, obstacle(resampled), isLacking: false)
    }
    return tested(
      proposition, estimate, bound, name: name(distribution.method), above: distribution.pAbove,
      below: distribution.pBelow)
  }

  /// p-values from those of the two directions, as relation, margin and role ask.
  private func tested(
    _ proposition: Proposition, _ estimate: Estimate, _ bound: Double, name: String,
    above: (Double) -> Double,
    below: (Double) -> Double
  ) -> Judgement.Part {
    let margin = claim.margin
    let supported: Double
    let refuted: Double
    var name = name
    if claim.role == .negativeControl {
      // Refuted means found, supported shown to lie within the margin; see `judge`.
      switch proposition.relation {
      case .greater, .greaterOrEqual: refuted = above(bound)
      case .less, .lessOrEqual: refuted = below(bound)
      case .equal, .notEqual: refuted = min(1, 2 * min(above(bound), below(bound)))
      }
      supported = margin > 0 ? max(above(bound - margin), below(bound + margin)) : 1
    } else {
      switch proposition.relation {
      case .greater, .greaterOrEqual: (supported, refuted) = (above(bound - margin), below(bound - margin))
      case .less, .lessOrEqual: (supported, refuted) = (below(bound + margin), above(bound + margin))
      case .equal where claim.test == .tost:
        name = "two one-sided tests, \(name)"
        supported = max(above(bound - margin), below(bound + margin))
        refuted = min(above(bound + margin), below(bound - margin))
      case .equal, .notEqual: (supported, refuted) = (1, min(1, 2 * min(above(bound), below(bound))))
      }
    }
    return Judgement.Part(
      proposition: proposition, estimate: estimate, bound: bound, pSupported: supported, pRefuted: refuted,
      testName: name, isTested: true, obstacle: nil, isLacking: false)
  }

  /// A fact: compared as it stands, equal within rounding. Its p-values are 0 and 1.
  private func exact(
    _ proposition: Proposition, _ resampled: Evaluator.Resampled, _ estimate: Estimate, _ bound: Double
  ) -> Judgement.Part {
    let distance = resampled.value - bound
    let rounding = 1e-12 * max(abs(bound), resampled.compiled.statistic.magnitude)
    let holds: Bool
    switch proposition.relation {
    case .equal: holds = abs(distance) <= max(rounding, claim.margin)
    case .notEqual: holds = abs(distance) > rounding
    case .greater: holds = distance > rounding - claim.margin
    case .less: holds = distance < claim.margin - rounding
    case .greaterOrEqual: holds = distance >= -rounding - claim.margin
    case .lessOrEqual: holds = distance <= rounding + claim.margin
    }
    let isSupported = claim.role == .negativeControl ? !holds : holds
    return Judgement.Part(
      proposition: proposition, estimate: estimate, bound: bound, pSupported: isSupported ? 0 : 1,
      pRefuted: isSupported ? 1 : 0, testName: "exact comparison", isTested: false, obstacle: nil,
      isLacking: false)
  }

  private func permutation(
    _ proposition: Proposition, _ resampled: Evaluator.Resampled, _ estimate: Estimate, _ bound: Double
  ) -> Judgement.Part {
    let design = resampled.compiled.coding.design
    guard design.units.count == 1, design.units[0].pools.count == 1, resampled.compiled.regularity == .smooth
    else {
      return open(
        proposition, bound, estimate, "a permutation test needs one unit whose levels occur on both sides",
        isLacking: false)
    }
    let values = (0..<design.units[0].levelCount).map { level in
      var weights = design.ones.map { $0.map { _ in 0.0 } }
      weights[0][level] = 1
      resampled.compiled.statistic.load(weights)
      return resampled.compiled.statistic.value()
    }.filter(\.isFinite)
    guard !values.isEmpty else {
      return open(proposition, bound, estimate, "no level has a value of its own", isLacking: false)
    }
    func test(_ bound: Double) -> SignFlipTest {
      SignFlipTest(differences: values.map { $0 - bound }, draws: Evaluator.draws, seed: Evaluator.seed)
    }
    return tested(
      proposition, estimate, bound,
      name: "sign-flip permutation of \(counted(values.count, design.units[0].name))",
      above: { test($0).pAbove }, below: { test($0).pBelow })
  }

  /// A part that nothing can be tested on.
  private func open(
    _ proposition: Proposition, _ bound: Double, _ estimate: Estimate?, _ obstacle: String, isLacking: Bool
  ) -> Judgement.Part {
    Judgement.Part(
      proposition: proposition, estimate: estimate, bound: bound, pSupported: 1, pRefuted: 1,
      testName: "none",
      isTested: false, obstacle: obstacle, isLacking: isLacking)
  }

  private func obstacle(_ resampled: Evaluator.Resampled) -> String {
    if resampled.compiled.regularity == .extreme { return "no interval holds for an extreme of what varies" }
    if claim.unit.isEmpty { return "it names no unit to resample" }
    let varying = resampled.compiled.coding.design.units
    if varying.isEmpty { return "no unit has two levels or more" }
    if resampled.compiled.regularity == .stepwise {
      return "fewer than \(MultiwayBootstrap.fewLevels) levels say nothing of a value that moves in steps"
    }
    return "its error cannot be estimated: some level carries a side alone"
  }

  private func name(_ method: SamplingDistribution.Method) -> String {
    let design = claim.test == .bootstrap ? "bootstrap" : "paired bootstrap"
    switch method {
    case .studentisedBootstrap: return "\(design), studentised"
    case .percentileBootstrap: return "\(design), percentiles"
    case .expandedPercentileBootstrap: return "\(design), expanded percentiles"
    case .basicBootstrap: return "\(design), basic"
    case .adjustedBootstrap: return "\(design), BCa"
    case .studentT(let degrees):
      return "Student's t with \(counted(degrees, "degree")) of freedom, jackknife error"
    case .constant(let levels): return "sign test of \(levels) equal levels"
    }
  }
}
