import Experiments
import Statistics

/// Binds an expression to results: selects rows once, then builds what every resample computes.
struct Compiler {
  let selector: Selector
  let scope: ExpressionScope

  /// An expression ready to be resampled, with what was noticed on the way.
  struct Compiled {
    /// One a key; a single one where the expression is one number.
    let statistics: [CompiledStatistic]
    /// The keys of a series, nil for one number.
    let keys: KeySet?
    let coding: UnitCoding
    let regularity: StatisticalFunction.Regularity
    let selections: [Selection]
    /// Keys of two-sample functions and of arithmetic that had no partner.
    let unmatchedKeys: Int
    /// The pairs of a two-sample function that the whole expression is.
    let pairs: CompiledNode.PairNode?

    /// Keys of a series that it lost, for no row of theirs has a value.
    var keysWithoutValues: [String] {
      guard let keys else { return [] }
      var found: [String] = []
      for selection in selections where selection.keyColumns.sorted() == keys.columns.sorted() {
        for texts in selection.emptyKeys {
          let text = KeySet.description(selection.keyColumns, texts)
          if !found.contains(text) { found.append(text) }
        }
      }
      return found
    }
  }

  func compile(_ root: ValueNode, units: [String], isPaired: Bool) throws(EvaluationProblem) -> Compiled {
    var selections: [Selection] = []
    try select(root, into: &selections)
    let coding = UnitCoding(
      selections, tables: selector.tables, scope: scope, units: units, isPaired: isPaired)
    var build = Build(selections: selections, coding: coding, scope: scope)
    let node = try build.node(root)
    let statistics = (0..<(node.keys?.count ?? 1)).map {
      CompiledStatistic(root: node.node, leaves: build.leaves, design: coding.design, place: $0)
    }
    return Compiled(
      statistics: statistics, keys: node.keys, coding: coding, regularity: node.regularity,
      selections: selections, unmatchedKeys: build.unmatchedKeys, pairs: build.pairs)
  }

  /// The selections of all calls over columns, in the order in which `Build` asks for them.
  private func select(_ node: ValueNode, into selections: inout [Selection]) throws(EvaluationProblem) {
    switch node {
    case .number: break
    case .arithmetic(_, let a, let b, _):
      try select(a, into: &selections)
      try select(b, into: &selections)
    case .call(let call):
      for argument in call.arguments {
        switch argument {
        case .column(let reference, let condition):
          selections.append(try selector.select(reference, condition, of: call))
        case .value(let value): try select(value, into: &selections)
        }
      }
    }
  }

  /// One node with its keys and how it moves under resampling.
  private struct Built {
    let node: CompiledNode
    /// Nil for a single number.
    let keys: KeySet?
    let regularity: StatisticalFunction.Regularity
  }

  /// The construction under way.
  private struct Build {
    let selections: [Selection]
    let coding: UnitCoding
    let scope: ExpressionScope
    var leaves: [any SampleLeaf] = []
    var unmatchedKeys = 0
    /// Those of the two-sample function built last.
    private(set) var pairs: CompiledNode.PairNode?
    private var next = 0

    init(selections: [Selection], coding: UnitCoding, scope: ExpressionScope) {
      self.selections = selections
      self.coding = coding
      self.scope = scope
    }

    mutating func node(_ node: ValueNode) throws(EvaluationProblem) -> Built {
      switch node {
      case .number(let value, _): return Built(node: .constant(value), keys: nil, regularity: .exact)
      case .arithmetic(let operation, let a, let b, _):
        let (left, right) = (try self.node(a), try self.node(b))
        let regularity = max(left.regularity, right.regularity)
        guard let leftKeys = left.keys, let rightKeys = right.keys else {
          return Built(
            node: .arithmetic(operation, left.node, right.node, places: nil), keys: left.keys ?? right.keys,
            regularity: regularity)
        }
        let places = match(leftKeys, rightKeys)
        return Built(
          node: .arithmetic(operation, left.node, right.node, places: places),
          keys: leftKeys.picked(places.map(\.0)), regularity: regularity)
      case .call(let call):
        let function = FunctionRegistry.function(call.function.text)!
        switch function.computation {
        case .pair(let compare): return try pair(call, function, compare)
        case .groups(let compare): return groups(compare, function)
        case .number(let apply):
          let inner = try self.node(call.arguments[0].value)
          return Built(
            node: .number(apply, inner.node, name: function.name), keys: inner.keys,
            regularity: inner.regularity)
        case .steps: return steps(try self.node(call.arguments[0].value))
        case .moments, .sample:
          if case .column = call.arguments[0] { return leaf(rows(), function, call.parameter) }
          return try aggregate(call, function)
        }
      }
    }

    private mutating func match(_ left: KeySet, _ right: KeySet) -> [(Int, Int)] {
      let (pairs, unmatched) = left.matched(with: right)
      unmatchedKeys += unmatched
      return pairs
    }

    private mutating func rows() -> LeafRows {
      defer { next += 1 }
      return LeafRows(selections[next], codes: coding.codes[next], design: coding.design)
    }

    /// A function of a column's rows. It is a fact where it is a count, or where the keys carry all that is
    /// resampled; a value in which no unit varies is still an estimate, only one of unknown error.
    private mutating func leaf(_ rows: LeafRows, _ function: StatisticalFunction, _ parameter: Double)
      -> Built
    {
      let isCount = function.regularity == .exact
      let leaf: any SampleLeaf
      if isCount || !rows.isResampled {
        leaf = FixedLeaf(rows, function, parameter)
      } else if case .moments(let moments) = function.computation {
        leaf = MomentLeaf(rows, moments, units: coding.design.units.map(\.levelCount))
      } else {
        leaf = OrderedLeaf(rows, function, parameter)
      }
      leaves.append(leaf)
      let isFact = isCount || !rows.isResampled && rows.keys.carriesUnits
      return Built(
        node: .leaf(leaf), keys: rows.keys.columns.isEmpty ? nil : rows.keys,
        regularity: isFact ? .exact : function.regularity)
    }

    private mutating func aggregate(
      _ call: CallNode, _ function: StatisticalFunction
    ) throws(EvaluationProblem) -> Built {
      let inner = try node(call.arguments[0].value)
      let keys = inner.keys!
      let units = coding.design.units.count
      let (outer, groups) =
        call.keys.isEmpty
        ? (KeySet.single(units: units), [Int](repeating: 0, count: keys.count))
        : keys.grouped(by: call.keys.map(\.text))
      let codes = keys.codes.enumerated().map { key, codes in
        codes.enumerated().map { unit, code in outer.carries(unit, key: groups[key]) ? -1 : code }
      }
      let areKeysResampled = codes.contains { $0.contains { $0 >= 0 } }
      return Built(
        node: .aggregate(
          CompiledNode.Aggregation(
            function: function, parameter: call.parameter, inner: inner.node, groups: groups,
            groupCount: outer.count, codes: codes)),
        keys: call.keys.isEmpty ? nil : outer,
        regularity: regularity(of: function, over: inner.regularity, areKeysResampled: areKeysResampled))
    }

    /// Two samples compared within the keys they share.
    private mutating func groups(
      _ compare: @escaping @Sendable (WeightedSample, WeightedSample) -> Double,
      _ function: StatisticalFunction
    ) -> Built {
      let sides = (rows(), rows())
      let leaf = GroupsLeaf(
        sides.0, sides.1, places: match(sides.0.keys, sides.1.keys), units: coding.design.units.count, compare
      )
      leaves.append(leaf)
      let isFact =
        !sides.0.isResampled && !sides.1.isResampled && sides.0.keys.carriesUnits && sides.1.keys.carriesUnits
      return Built(node: .leaf(leaf), keys: nil, regularity: isFact ? .exact : function.regularity)
    }

    /// The differences between successive keys of the last column, in the order of its levels, within the others.
    private func steps(_ inner: Built) -> Built {
      let keys = inner.keys!
      let order = KeyOrder(column: keys.columns[keys.columns.count - 1], scope: scope)
      var rows: [[String]: [Int]] = [:]
      var groups: [[String]] = []
      for (place, texts) in keys.texts.enumerated() {
        let group = Array(texts.dropLast())
        if rows[group] == nil { groups.append(group) }
        rows[group, default: []].append(place)
      }
      var places: [(Int, Int)] = []
      var texts: [[String]] = []
      for group in groups {
        let sorted = rows[group]!.sorted { order.precedes(keys.texts[$0].last!, keys.texts[$1].last!) }
        for (from, to) in zip(sorted, sorted.dropFirst()) {
          places.append((to, from))
          texts.append(group + ["\(keys.texts[from].last!) → \(keys.texts[to].last!)"])
        }
      }
      let steps = KeySet(columns: keys.columns, texts: texts, codes: places.map { keys.codes[$0.0] })
      return Built(
        node: .arithmetic(.minus, inner.node, inner.node, places: places), keys: steps,
        regularity: inner.regularity)
    }

    private mutating func pair(
      _ call: CallNode, _ function: StatisticalFunction,
      _ compare: @escaping @Sendable (PairedSample) -> Double
    ) throws(EvaluationProblem) -> Built {
      var sides: [Built] = []
      for argument in call.arguments {
        switch argument {
        case .value(let value): sides.append(try node(value))
        case .column(let reference, _):
          let rows = rows()
          guard rows.keys.count == rows.values.count else {
            throw EvaluationProblem(
              message: "'\(reference.table).\(reference.column.text)' has more than one row per "
                + "[\(rows.keys.columns.joined(separator: ", "))]")
          }
          // One row a key: its mean is its value.
          sides.append(leaf(rows, FunctionRegistry.function("mean")!, 0))
        }
      }
      let places = match(sides[0].keys!, sides[1].keys!)
      let codes = places.map { sides[0].keys!.codes[$0.0] }
      let areKeysResampled = codes.contains { $0.contains { $0 >= 0 } }
      let inner = max(sides[0].regularity, sides[1].regularity)
      let pairs = CompiledNode.PairNode(
        function: compare, isScaleFree: function.valueRange != nil, left: sides[0].node, right: sides[1].node,
        places: places, codes: codes)
      self.pairs = pairs
      var node = CompiledNode.pair(pairs)
      if function.name == "kendall", areKeysResampled, inner == .exact {
        let leaf = FixedKendallLeaf(
          values(sides, at: places), codes: codes, units: coding.design.units.count)
        leaves.append(leaf)
        node = .leaf(leaf)
      }
      return Built(
        node: node, keys: nil,
        regularity: areKeysResampled
          ? max(inner, .smooth) : inner == .exact ? .exact : max(inner, function.regularity))
    }

    /// The aligned values of two series that no resampling moves.
    private func values(_ sides: [Built], at places: [(Int, Int)]) -> [(x: Double, y: Double)] {
      let weights = LevelWeights(levels: coding.design.ones)
      for leaf in leaves { leaf.load(weights) }
      let (left, right) = (sides[0].node.values(weights), sides[1].node.values(weights))
      return places.map { (left[$0.0], right[$0.1]) }
    }

    /// How a function of a series moves: over keys that are drawn as over rows; over fixed keys only as far
    /// as the values do, an order statistic then in steps, for it passes from one key to another.
    private func regularity(
      of function: StatisticalFunction, over inner: StatisticalFunction.Regularity, areKeysResampled: Bool
    ) -> StatisticalFunction.Regularity {
      if function.regularity == .exact { return .exact }
      if areKeysResampled { return max(inner, function.regularity) }
      return inner == .exact ? .exact : max(inner, function.regularityOverKeys)
    }
  }
}

extension CallNode {
  /// The number behind the first argument, 0 where there is none.
  var parameter: Double {
    guard arguments.count > 1, case .value(.number(let number, _)) = arguments[1] else { return 0 }
    return number
  }
}

extension ArgumentNode {
  /// The expression that an argument is; a precondition where it is a column, which the check refuses.
  fileprivate var value: ValueNode {
    guard case .value(let value) = self else { preconditionFailure("a checked expression has a value here") }
    return value
  }
}
