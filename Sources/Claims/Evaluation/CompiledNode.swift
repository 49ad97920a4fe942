import Statistics

/// An expression bound to its rows: what is computed again for every resample.
indirect enum CompiledNode {
  case constant(Double)
  case leaf(any SampleLeaf)
  /// `places` pairs the keys of two series; nil where one side is a single number.
  case arithmetic(ArithmeticOperator, CompiledNode, CompiledNode, places: [(Int, Int)]?)
  case aggregate(Aggregation)
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
    case .aggregate(let node): return node.inner.magnitude(weights)
    case .pair: return 1
    }
  }

  private func largest(_ weights: LevelWeights) -> Double {
    values(weights).reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
  }
}

/// A whole expression as the bootstrap sees it.
final class CompiledStatistic: ResampledStatistic {
  private let root: CompiledNode
  private let leaves: [any SampleLeaf]
  private var weights: LevelWeights
  let magnitude: Double

  init(root: CompiledNode, leaves: [any SampleLeaf], design: ResamplingDesign) {
    self.root = root
    self.leaves = leaves
    weights = LevelWeights(levels: design.ones)
    for leaf in leaves { leaf.load(weights) }
    magnitude = root.magnitude(weights)
  }

  func load(_ levels: [[Double]]) {
    weights = LevelWeights(levels: levels)
    for leaf in leaves { leaf.load(weights) }
  }

  func value() -> Double {
    weights.omitted = nil
    return root.values(weights)[0]
  }

  func value(without level: Int, of unit: Int) -> Double {
    weights.omitted = (unit, Int32(level))
    return root.values(weights)[0]
  }
}
