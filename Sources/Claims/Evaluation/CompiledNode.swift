import Statistics

/// An expression bound to its rows: what is computed again for every resample.
indirect enum CompiledNode {
  case constant(Double)
  case leaf(any SampleLeaf)
  /// `places` pairs the keys of two series; nil where one side is a single number.
  case arithmetic(ArithmeticOperator, CompiledNode, CompiledNode, places: [(Int, Int)]?)
  case aggregate(Aggregation)
  /// A function of each number.
  case number(@Sendable (Double) -> Double, CompiledNode, name: String)
  case pair(PairNode)

  /// A function over the values of a series.
  struct Aggregation {
    let function: StatisticalFunction
    let parameter: Double
    let inner: CompiledNode
    /// The group of each inner value.
    let groups: [Int]
    let groupCount: Int
    /// Inner key × unit: the levels that weigh a value within its group.
    let codes: [[Int32]]
  }

  /// A function over two series, aligned.
  struct PairNode {
    let function: @Sendable (PairedSample) -> Double
    /// Whether its values lie between −1 and 1 on any scale.
    let isScaleFree: Bool
    let left: CompiledNode
    let right: CompiledNode
    let places: [(Int, Int)]
    /// Pair × unit: the levels that weigh it.
    let codes: [[Int32]]
  }

  /// One value a key; a single one where there are no keys.
  func values(_ weights: LevelWeights) -> [Double] {
    switch self {
    case .constant(let value): return [value]
    case .leaf(let leaf): return leaf.values(weights)
    case .arithmetic(let operation, let a, let b, let places):
      let (left, right) = (a.values(weights), b.values(weights))
      if let places { return places.map { operation.apply(left[$0.0], right[$0.1]) } }
      if right.count == 1 { return left.map { operation.apply($0, right[0]) } }
      return right.map { operation.apply(left[0], $0) }
    case .number(let function, let inner, _): return inner.values(weights).map(function)
    case .aggregate(let node):
      let inner = node.inner.values(weights)
      var values = [[Double]](repeating: [], count: node.groupCount)
      var counts = values
      for (key, group) in node.groups.enumerated() {
        values[group].append(inner[key])
        counts[group].append(node.function.regularity == .exact ? 1 : weights.product(node.codes[key]))
      }
      return zip(values, counts).map { node.function.value(WeightedSample($0, weights: $1), node.parameter) }
    case .pair(let node):
      let (left, right) = (node.left.values(weights), node.right.values(weights))
      return [
        node.function(
          PairedSample(
            node.places.map { left[$0.0] }, node.places.map { right[$0.1] },
            weights: node.codes.map(weights.product)))
      ]
    }
  }

  /// One of the values, by itself where the others need not be computed for it.
  func value(_ weights: LevelWeights, at place: Int) -> Double {
    switch self {
    case .leaf(let leaf): return leaf.value(weights, at: place)
    case .arithmetic(let operation, let a, let b, let places):
      // Without pairs a place beyond the first belongs to one side alone.
      guard places != nil || place == 0 else { return values(weights)[place] }
      let (left, right) = places?[place] ?? (0, 0)
      return operation.apply(a.value(weights, at: left), b.value(weights, at: right))
    case .number(let function, let inner, _): return function(inner.value(weights, at: place))
    case .constant, .aggregate, .pair: return values(weights)[place]
    }
  }

  /// The size of the numbers a value is computed from, which bounds its rounding error.
  func magnitude(_ weights: LevelWeights) -> Double {
    switch self {
    case .constant(let value): return abs(value)
    case .leaf: return largest(weights)
    case .arithmetic(let operation, let a, let b, _):
      switch operation {
      case .plus, .minus: return max(a.magnitude(weights), b.magnitude(weights))
      case .times: return a.magnitude(weights) * b.magnitude(weights)
      case .over:
        let divisor = b.values(weights).map(abs).filter { $0 > 0 }.min() ?? 1
        return a.magnitude(weights) / divisor
      }
    case .number: return largest(weights)
    case .aggregate(let node): return node.inner.magnitude(weights)
    case .pair(let node):
      // Correlations do not depend on the scale; a slope is rounded like its values over the spread of x.
      guard !node.isScaleFree else { return 1 }
      let x = node.left.values(weights).filter(\.isFinite)
      let spread = (x.max() ?? 1) - (x.min() ?? 0)
      return spread > 0 ? node.right.magnitude(weights) / spread : 0
    }
  }

  /// Why the value at a place does not exist, found where it first goes wrong.
  func undefinedReason(_ weights: LevelWeights, at place: Int) -> String {
    switch self {
    case .constant: return "it is no number"
    case .leaf: return "its rows are too few or do not vary"
    case .arithmetic(let operation, let a, let b, let places):
      let (left, right) = (a.values(weights), b.values(weights))
      let at = places?[place] ?? (left.count == 1 ? 0 : place, right.count == 1 ? 0 : place)
      if left[at.0].isNaN { return a.undefinedReason(weights, at: at.0) }
      if right[at.1].isNaN { return b.undefinedReason(weights, at: at.1) }
      return operation == .over && right[at.1] == 0 ? "a division by 0" : "it is too large for a number"
    case .number(_, let inner, let name):
      let value = inner.values(weights)[place]
      return value.isNaN
        ? inner.undefinedReason(weights, at: place) : "'\(name)' has no value at \(ShortNumber.plain(value))"
    case .aggregate(let node):
      if let bad = node.inner.values(weights).firstIndex(where: \.isNaN) {
        return node.inner.undefinedReason(weights, at: bad)
      }
      return "'\(node.function.name)' has no value of these numbers"
    case .pair: return "one side has fewer than two values, or does not vary"
    }
  }

  /// How many values of the series within it do not exist, which functions of these series leave out.
  func undefinedKeys(_ weights: LevelWeights) -> Int {
    switch self {
    case .constant, .leaf: return 0
    case .arithmetic(_, let a, let b, _): return a.undefinedKeys(weights) + b.undefinedKeys(weights)
    case .number(_, let inner, _): return inner.undefinedKeys(weights)
    case .aggregate(let node):
      return node.inner.values(weights).count(where: \.isNaN) + node.inner.undefinedKeys(weights)
    case .pair(let node):
      let lost = [node.left, node.right].map { side in side.values(weights).count(where: \.isNaN) }
      return max(lost[0], lost[1]) + node.left.undefinedKeys(weights) + node.right.undefinedKeys(weights)
    }
  }

  private func largest(_ weights: LevelWeights) -> Double {
    values(weights).reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
  }
}

/// A whole expression as the bootstrap sees it.
final class CompiledStatistic: ResampledStatistic {
  let root: CompiledNode
  private let leaves: [any SampleLeaf]
  private var weights: LevelWeights
  /// Which of the root's values it is.
  private let place: Int
  let magnitude: Double

  init(root: CompiledNode, leaves: [any SampleLeaf], design: ResamplingDesign, place: Int = 0) {
    self.root = root
    self.leaves = leaves
    self.place = place
    weights = LevelWeights(levels: design.ones)
    for leaf in leaves { leaf.load(weights) }
    magnitude = root.magnitude(weights)
  }

  /// Why it has no value under the weights loaded.
  var undefinedReason: String {
    weights.omitted = nil
    return root.undefinedReason(weights, at: place)
  }

  /// Keys within it whose value does not exist, under the weights loaded.
  var undefinedKeys: Int { root.undefinedKeys(weights) }

  func load(_ levels: [[Double]]) {
    weights = LevelWeights(levels: levels)
    for leaf in leaves { leaf.load(weights) }
  }

  func load(_ levels: [[Double]], varying unit: Int) {
    weights = LevelWeights(levels: levels)
    for leaf in leaves { leaf.load(weights, varying: unit) }
  }

  func value() -> Double {
    weights.omitted = nil
    return root.value(weights, at: place)
  }

  func value(without level: Int, of unit: Int) -> Double {
    weights.omitted = (unit, Int32(level))
    return root.value(weights, at: place)
  }
}
