import Experiments
import Statistics

/// Tests one proposition of a claim in both directions.
struct PropositionTest {
  let evaluator: Evaluator
  let claim: Claim

  /// What the results say of it: one part, or one a key where its sides are series.
  func parts(_ proposition: Proposition) -> [Judgement.Part] {
    let coverage = ProfileCoverage(tables: evaluator.tables, scope: evaluator.schemas)
    let subject = Subject(proposition)
    if let level = coverage.absentLevel(proposition.difference) {
      return [open(subject, nil, "there are no results with \(level)", isLacking: true)]
    }
    let isPaired: Bool
    if case .resampling(let shares) = claim.test.method { isPaired = shares } else { isPaired = true }
    let series: [Evaluator.Resampled]
    do throws(EvaluationProblem) {
      series = try evaluator.resample(
        subject.quantity, restrictedTo: [], units: claim.unit, isPaired: isPaired)
    } catch {
      return [open(subject, nil, error.message, isLacking: false)]
    }
    let parts = series.map { part(subject.of($0.key), $0) }
    let empty = series.first?.compiled.keysWithoutValues ?? []
    if parts.isEmpty { return [open(subject, nil, "there are no rows for it", isLacking: true)] }
    return parts + empty.map { open(subject.of($0), nil, "no row has a value at \($0)", isLacking: false) }
  }

  /// A proposition, or what it says of one key, and the quantity that decides it.
  private struct Subject {
    let proposition: Proposition
    let key: String?

    init(_ proposition: Proposition, key: String? = nil) {
      self.proposition = proposition
      self.key = key
    }

    func of(_ key: String?) -> Subject { Subject(proposition, key: key) }

    var bound: Double { proposition.right.literal ?? 0 }
    var quantity: ValueNode {
      proposition.right.literal == nil ? proposition.difference : proposition.left
    }
  }

  private func part(_ subject: Subject, _ resampled: Evaluator.Resampled) -> Judgement.Part {
    let estimate = resampled.estimate(level: claim.level)
    if estimate.flags.contains(.noRows) {
      return open(subject, estimate, "there are no rows for some of it", isLacking: true)
    }
    guard resampled.value.isFinite else {
      let why = estimate.flags.lazy.compactMap { if case .undefined(let why) = $0 { why } else { nil } }.first
      return open(subject, estimate, "its value is undefined\(why.map { ": \($0)" } ?? "")", isLacking: false)
    }
    if claim.role == .identity || resampled.isExact { return exact(subject, resampled, estimate) }
    switch claim.test.method {
    case .levels(let test): return levels(subject, resampled, estimate, test)
    case .splits(let test):
      let share = claim.testShare ?? .nan
      return levels(subject, resampled, estimate) { test($0, $1, share) }
    case .ranks: return ranks(subject, estimate)
    case .sides(let test): return sides(subject, resampled, estimate, test)
    case .trend: return trend(subject, resampled, estimate)
    case .times(let isRestrictedMean): return times(subject, estimate, isRestrictedMean)
    case .resampling:
      guard let distribution = resampled.distribution else {
        return open(subject, estimate, obstacle(resampled), isLacking: false)
      }
      return tested(
        subject, estimate, name: name(distribution.method), above: distribution.pAbove,
        below: distribution.pBelow)
    }
  }

  /// p-values from those of the two directions, as relation, margin and role ask.
  private func tested(
    _ subject: Subject, _ estimate: Estimate, name: String, above: (Double) -> Double,
    below: (Double) -> Double
  ) -> Judgement.Part {
    let (proposition, bound, margin) = (subject.proposition, subject.bound, claim.margin)
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
      proposition: proposition, key: subject.key, estimate: estimate, bound: bound, pSupported: supported,
      pRefuted: refuted, testName: name, isTested: true, obstacle: nil, isLacking: false)
  }

  /// A fact: compared as it stands, equal within rounding. Its p-values are 0 and 1.
  private func exact(
    _ subject: Subject, _ resampled: Evaluator.Resampled, _ estimate: Estimate
  ) -> Judgement.Part {
    let (proposition, bound) = (subject.proposition, subject.bound)
    let distance = resampled.value - bound
    let rounding = 1e-12 * max(abs(bound), resampled.statistic.magnitude)
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
      proposition: proposition, key: subject.key, estimate: estimate, bound: bound,
      pSupported: isSupported ? 0 : 1, pRefuted: isSupported ? 1 : 0, testName: "exact comparison",
      isTested: false, obstacle: nil,
      isLacking: false)
  }

  /// The value of a quantity at each level of its only unit; nil where it has none of its own.
  private func levelValues(_ resampled: Evaluator.Resampled) -> [Double]? {
    let design = resampled.compiled.coding.design
    guard design.units.count == 1, resampled.compiled.regularity <= .stepwise else { return nil }
    let values = (0..<design.units[0].levelCount).map { level in
      var weights = design.ones.map { $0.map { _ in 0.0 } }
      weights[0][level] = 1
      resampled.statistic.load(weights)
      return resampled.statistic.value()
    }.filter(\.isFinite)
    return values.isEmpty ? nil : values
  }

  private func levels(
    _ subject: Subject, _ resampled: Evaluator.Resampled, _ estimate: Estimate,
    _ test: ([Double], Double) -> Claim.Test.Pair
  ) -> Judgement.Part {
    let unit = resampled.compiled.coding.design.units.first
    guard let unit, unit.pools.count == 1, let values = levelValues(resampled) else {
      return open(
        subject, estimate,
        "the test '\(claim.test.rawValue)' needs one unit whose levels occur on both sides",
        isLacking: false)
    }
    return decided(subject, estimate, "\(claim.test.rawValue) of \(counted(values.count, unit.name))") {
      test(values, $0)
    }
  }

  private func sides(
    _ subject: Subject, _ resampled: Evaluator.Resampled, _ estimate: Estimate,
    _ test: ([Double], [Double]) -> Claim.Test.Pair
  ) -> Judgement.Part {
    let values = [subject.proposition.sides!.left, subject.proposition.sides!.right].map { side in
      let alone = try? evaluator.resample(side, restrictedTo: [], units: claim.unit, isPaired: false)
      return alone?.count == 1 ? levelValues(alone![0]) : nil
    }
    guard subject.key == nil, let a = values[0], let b = values[1] else {
      return open(
        subject, estimate, "the test '\(claim.test.rawValue)' needs two groups with levels of one unit",
        isLacking: false)
    }
    return decided(
      subject, estimate, "\(claim.test.rawValue) of \(a.count) and \(counted(b.count, claim.unit[0]))"
    ) {
      bound in test(a, b.map { $0 + bound })
    }
  }

  /// Friedman's mean ranks of all methods that have a value at every level of the unit, and Nemenyi's p-value of two.
  private func ranks(_ subject: Subject, _ estimate: Estimate) -> Judgement.Part {
    guard let methods = RankedMethods(subject.proposition),
      let levels = evaluator.schemas.schema(methods.table)?.column(methods.column)?.levels
    else {
      return open(subject, estimate, "the methods to rank are not known", isLacking: false)
    }
    var names: [String] = []
    var values: [[Double]] = []
    for level in levels {
      let alone = try? evaluator.resample(
        methods.side(level), restrictedTo: [], units: claim.unit, isPaired: true)
      guard let alone, alone.count == 1, let found = levelValues(alone[0]) else { continue }
      names.append(level)
      values.append(found)
    }
    guard let a = names.firstIndex(of: methods.left), let b = names.firstIndex(of: methods.right),
      Set(values.map(\.count)).count == 1,
      let test = FriedmanTest(values[0].indices.map { block in values.map { $0[block] } })
    else {
      return open(
        subject, estimate, "not every method has a value at every level of \(claim.unit[0])", isLacking: false
      )
    }
    let p = test.nemenyiPValues()[a][b] / 2
    let isAbove = test.meanRanks[a] >= test.meanRanks[b]
    let pair = Claim.Test.Pair(above: isAbove ? p : 1 - p, below: isAbove ? 1 - p : p)
    let name =
      "Nemenyi, \(names.count) levels of \(methods.column) ranked over \(counted(test.blocks, claim.unit[0]))"
    return decided(subject, estimate, name) { _ in pair }
  }

  private func times(_ subject: Subject, _ estimate: Estimate, _ isRestrictedMean: Bool) -> Judgement.Part {
    guard subject.key == nil, estimate.readings.count == 2 else {
      return open(subject, estimate, "the test compares two groups, not a series", isLacking: false)
    }
    let ends = estimate.readings.map { reading in claim.censored.map { ended(reading, $0) } }
    if let column = claim.censored, ends.contains(where: { $0!.contains { $0 != 0 && $0 != 1 } }) {
      return open(
        subject, estimate, "'\(column)' must be 0 or 1 for every run: 1 where it ended before the event",
        isLacking: false)
    }
    let last = estimate.readings.flatMap(\.values).max() ?? 0
    let groups = zip(estimate.readings, ends).map { reading, ends in
      CensoredSample(
        reading.values + reading.missing.map { _ in last },
        isEvent: (ends?.map { $0 == 0 } ?? reading.values.map { _ in true })
          + reading.missing.map { _ in false })
    }
    guard let a = groups[0], let b = groups[1] else {
      return open(subject, estimate, "times cannot lie below 0", isLacking: false)
    }
    let counts = estimate.readings.map { $0.values.count + $0.missing.count }
    let what = "of \(counts[0]) and \(counted(counts[1], "run"))"
    guard isRestrictedMean else {
      return decided(subject, estimate, "log-rank \(what)") { _ in Claim.Test.Pair(logRankTest([a, b])) }
    }
    let horizon = min(a.times.last!, b.times.last!)
    let test = RestrictedMeanTest(a, b, until: horizon)
    let (lower, upper) = test.interval(claim.level)
    let interval =
      lower.isNaN ? nil : Estimate.Interval(lower: lower, upper: upper, level: claim.level)
    let restricted = Estimate(
      value: test.difference, interval: interval, standardError: test.standardError, method: nil,
      rows: estimate.rows, levels: estimate.levels, flags: estimate.flags, readings: estimate.readings)
    return decided(
      subject, restricted, "mean times up to \(ShortNumber.plain(horizon)) \(what)"
    ) { _ in Claim.Test.Pair(test.result) }
  }

  /// What a column of ends holds for the rows of a reading that have a time; NaN where nothing.
  private func ended(_ reading: Reading, _ column: String) -> [Double] {
    guard case .numbers(let ends)? = evaluator.tables[reading.table]?[column] else {
      return reading.rows.map { _ in .nan }
    }
    return reading.rows.map { ends[$0] }
  }

  private func trend(
    _ subject: Subject, _ resampled: Evaluator.Resampled, _ estimate: Estimate
  ) -> Judgement.Part {
    guard let pairs = resampled.compiled.pairs, resampled.compiled.coding.design.units.count <= 1 else {
      return open(subject, estimate, "the test needs the levels of one unit", isLacking: false)
    }
    resampled.statistic.load(resampled.compiled.coding.design.ones)
    let weights = LevelWeights(levels: resampled.compiled.coding.design.ones)
    let (left, right) = (pairs.left.values(weights), pairs.right.values(weights))
    let kept = pairs.places.indices.filter {
      !left[pairs.places[$0].0].isNaN && !right[pairs.places[$0].1].isNaN
    }
    let x = kept.map { left[pairs.places[$0].0] }
    let y = kept.map { right[pairs.places[$0].1] }
    let blocks = kept.map { pairs.codes[$0].first ?? -1 }
    let isBlocked = Set(blocks).count > 1
    return decided(
      subject, estimate, "Jonckheere–Terpstra\(isBlocked ? ", permuted within \(claim.unit[0])" : "")"
    ) { _ in
      guard !isBlocked else {
        let test = TrendPermutationTest(
          pairs: PairedSample(x, y), blocks: blocks, draws: Evaluator.draws, seed: Evaluator.seed)
        return Claim.Test.Pair(above: test.pAbove, below: test.pBelow)
      }
      let groups = Set(x).sorted().map { level in x.indices.filter { x[$0] == level }.map { y[$0] } }
      return Claim.Test.Pair(
        jonckheereTerpstraTest(groups, draws: Evaluator.draws, seed: Evaluator.seed))
    }
  }

  /// p-values of a test that is computed anew for each bound, or why there are none.
  private func decided(
    _ subject: Subject, _ estimate: Estimate, _ name: String, _ test: (Double) -> Claim.Test.Pair
  ) -> Judgement.Part {
    if let obstacle = test(subject.bound).obstacle {
      return open(subject, estimate, obstacle, isLacking: false)
    }
    return tested(subject, estimate, name: name, above: { test($0).above }, below: { test($0).below })
  }

  /// A part that nothing can be tested on.
  private func open(
    _ subject: Subject, _ estimate: Estimate?, _ obstacle: String, isLacking: Bool
  ) -> Judgement.Part {
    Judgement.Part(
      proposition: subject.proposition, key: subject.key, estimate: estimate, bound: subject.bound,
      pSupported: 1, pRefuted: 1, testName: "none", isTested: false, obstacle: obstacle, isLacking: isLacking)
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
    case .studentisedByUnit: return "\(design), studentised by unit"
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
