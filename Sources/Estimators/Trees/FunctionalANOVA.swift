/// The decomposition of a regression forest's variance over a box into what each input explains alone and in pairs
/// (Hutter, Hoos, Leyton-Brown 2014, "An efficient approach for assessing hyperparameter importance"), exact for each
/// tree: inputs are independent and uniform over the box.
package struct FunctionalANOVA: Sendable {
  /// tree × dimension: the share of the tree's variance that the dimension explains alone; NaN for a constant tree.
  package let main: [[Double]]
  /// tree × dimension: the share that is left when all other dimensions are known, alone and with them (Sobol' total).
  package let total: [[Double]]
  /// tree × pair, pairs (0, 1), (0, 2), … (1, 2), …: the share that two dimensions explain together beyond each alone.
  package let pairs: [[Double]]
  private let trees: [[Leaf]]
  private let box: [ClosedRange<Double>]

  /// A leaf's value, and its extent as shares of the box.
  private struct Leaf {
    let value: Double
    let lower: [Double]
    let upper: [Double]

    func width(_ dimension: Int) -> Double { upper[dimension] - lower[dimension] }
  }

  /// - Parameters:
  ///   - forest: a regression forest, such as one fitted to the configurations of a search and their scores.
  ///   - box: by dimension, the range of the input; wider than a point.
  package init(_ forest: RandomForest, box: [ClosedRange<Double>]) {
    precondition(forest.outputs == 1, "the variance of one number is decomposed")
    precondition(box.allSatisfy { $0.lowerBound < $0.upperBound }, "every input varies")
    self.box = box
    trees = forest.trees.map { Self.leaves($0, box) }
    let parts = trees.map { leaves in Self.decompose(leaves, dimensions: box.count) }
    main = parts.map(\.main)
    pairs = parts.map(\.pairs)
    total = zip(trees, main).map { leaves, main in
      main.contains(where: \.isNaN) ? main : Self.totals(leaves, dimensions: box.count)
    }
  }

  /// By tree, the mean prediction where a dimension has these values and all others are uniform.
  ///
  /// - Parameter values: within the box.
  package func marginal(_ dimension: Int, at values: [Double]) -> [[Double]] {
    trees.map { leaves in
      values.map { value in
        let place = share(value, dimension)
        return leaves.reduce(0) { sum, leaf in
          guard Self.holds(leaf, dimension, place) else { return sum }
          return sum + leaf.value * Self.volume(leaf, without: [dimension])
        }
      }
    }
  }

  /// The same over two dimensions, the mean over the trees.
  package func marginal(_ first: Int, at x: Double, _ second: Int, at y: Double) -> Double {
    let (a, b) = (share(x, first), share(y, second))
    let sums = trees.map { leaves in
      leaves.reduce(0) { sum, leaf in
        guard Self.holds(leaf, first, a), Self.holds(leaf, second, b) else { return sum }
        return sum + leaf.value * Self.volume(leaf, without: [first, second])
      }
    }
    return sums.reduce(0, +) / Double(sums.count)
  }

  private func share(_ value: Double, _ dimension: Int) -> Double {
    let range = box[dimension]
    return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  /// A cut's left side is closed; what lies on the lower edge of the box belongs to the first leaf.
  private static func holds(_ leaf: Leaf, _ dimension: Int, _ place: Double) -> Bool {
    (place > leaf.lower[dimension] || (place <= 0 && leaf.lower[dimension] <= 0))
      && place <= leaf.upper[dimension]
  }

  private static func volume(_ leaf: Leaf, without: [Int]) -> Double {
    var volume = 1.0
    for i in leaf.lower.indices where !without.contains(i) { volume *= leaf.width(i) }
    return volume
  }

  private static func leaves(_ tree: DecisionTree, _ box: [ClosedRange<Double>]) -> [Leaf] {
    var leaves: [Leaf] = []
    func visit(_ node: Int, _ lower: [Double], _ upper: [Double]) {
      let here = tree.nodes[node]
      guard here.column >= 0 else {
        leaves.append(Leaf(value: tree.values[Int(here.next)], lower: lower, upper: upper))
        return
      }
      let i = Int(here.column)
      let cut = (here.threshold - box[i].lowerBound) / (box[i].upperBound - box[i].lowerBound)
      let place = min(max(cut, lower[i]), upper[i])
      var (left, right) = (upper, lower)
      left[i] = place
      right[i] = place
      visit(Int(here.next), lower, left)
      visit(Int(here.next) + 1, right, upper)
    }
    visit(0, box.map { _ in 0 }, box.map { _ in 1 })
    return leaves
  }

  /// 1 less the share that all other dimensions explain, from how far any two leaves overlap in them.
  private static func totals(_ leaves: [Leaf], dimensions: Int) -> [Double] {
    let mean = leaves.reduce(0) { $0 + $1.value * volume($1, without: []) }
    var known = [Double](repeating: 0, count: dimensions)
    var variance = 0.0
    for a in leaves {
      variance += (a.value - mean) * (a.value - mean) * volume(a, without: [])
      for b in leaves {
        let product = (a.value - mean) * (b.value - mean)
        let overlaps = (0..<dimensions).map { i in
          max(0, min(a.upper[i], b.upper[i]) - max(a.lower[i], b.lower[i]))
        }
        let closed = overlaps.count { $0 == 0 }
        if closed > 1 { continue }
        for i in 0..<dimensions where closed == 0 || overlaps[i] == 0 {
          var others = 1.0
          for j in 0..<dimensions where j != i { others *= overlaps[j] }
          known[i] += product * others * a.width(i) * b.width(i)
        }
      }
    }
    return known.map { 1 - $0 / variance }
  }

  private static func decompose(_ leaves: [Leaf], dimensions: Int) -> (main: [Double], pairs: [Double]) {
    let all = leaves.map { volume($0, without: []) }
    let mean = zip(leaves, all).reduce(0) { $0 + $1.0.value * $1.1 }
    let variance = zip(leaves, all).reduce(0) { $0 + ($1.0.value - mean) * ($1.0.value - mean) * $1.1 }
    let cuts = (0..<dimensions).map { i in Set(leaves.flatMap { [$0.lower[i], $0.upper[i]] }).sorted() }
    /// The cells of a dimension that a leaf covers.
    func cells(_ leaf: Leaf, _ i: Int) -> Range<Int> {
      cuts[i].firstIndex(of: leaf.lower[i])!..<cuts[i].firstIndex(of: leaf.upper[i])!
    }
    func width(_ i: Int, _ cell: Int) -> Double { cuts[i][cell + 1] - cuts[i][cell] }
    let covered = leaves.map { leaf in (0..<dimensions).map { cells(leaf, $0) } }
    // By dimension and cell, the mean over all other dimensions, less the overall mean.
    var alone: [[Double]] = []
    var main: [Double] = []
    for i in 0..<dimensions {
      var means = [Double](repeating: -mean, count: cuts[i].count - 1)
      for (leaf, cells) in zip(leaves, covered) {
        let share = leaf.value * volume(leaf, without: [i])
        for cell in cells[i] { means[cell] += share }
      }
      alone.append(means)
      main.append(means.indices.reduce(0) { $0 + means[$1] * means[$1] * width(i, $1) } / variance)
    }
    var pairs: [Double] = []
    for i in 0..<dimensions {
      for j in (i + 1)..<max(dimensions, i + 1) {
        let columns = cuts[j].count - 1
        var means = [Double](repeating: -mean, count: (cuts[i].count - 1) * columns)
        for (leaf, cells) in zip(leaves, covered) {
          let share = leaf.value * volume(leaf, without: [i, j])
          for a in cells[i] { for b in cells[j] { means[a * columns + b] += share } }
        }
        var sum = 0.0
        for place in means.indices {
          let (a, b) = (place / columns, place % columns)
          let rest = means[place] - alone[i][a] - alone[j][b]
          sum += rest * rest * width(i, a) * width(j, b)
        }
        pairs.append(sum / variance)
      }
    }
    return (main.map { variance > 0 ? $0 : .nan }, pairs.map { variance > 0 ? $0 : .nan })
  }
}
