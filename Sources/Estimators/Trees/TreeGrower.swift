import Randomness

/// Grows one tree on the rows of positive weight; columns are drawn from the stream where not all are tried.
func grow<Criterion: SplitCriterion>(
  _ features: RankedFeatures, _ criterion: Criterion, weights: [Int32], _ settings: TreeSettings,
  _ stream: inout RandomStream
) -> DecisionTree {
  let grower = TreeGrower(features, criterion, weights: weights, settings, stream)
  grower.run()
  stream = grower.stream
  return grower.tree
}

/// One growth under way: rows lie in one array in which every node owns a stretch, as in quicksort.
private final class TreeGrower<Criterion: SplitCriterion> {
  var tree: DecisionTree
  private let features: RankedFeatures
  private var criterion: Criterion
  private let settings: TreeSettings
  var stream: RandomStream
  private let rowCount: Int
  private let rows: UnsafeMutablePointer<Int32>
  private let spareRows: UnsafeMutablePointer<Int32>
  private let sorter: KeySorter
  /// The columns; those tried at a node are drawn from it by swapping, so any order is a fair start.
  private var columnOrder: [Int32]
  /// Bits of the columns known to be constant in a node: one stretch of words for each waiting node.
  private var constantBits: [UInt64] = []
  private let bitWords: Int
  private var waiting: [Waiting] = []

  private struct Waiting {
    let node: Int
    let start: Int
    let count: Int
    let depth: Int
  }

  private struct Cut {
    var column = -1
    var gain = -Double.infinity
    var lower: UInt32 = 0
    var upper: UInt32 = 0
    var leftRows = 0
  }

  init(
    _ features: RankedFeatures, _ criterion: Criterion, weights: [Int32], _ settings: TreeSettings,
    _ stream: RandomStream
  ) {
    self.features = features
    self.criterion = criterion
    self.settings = settings
    self.stream = stream
    tree = DecisionTree(outputs: criterion.outputs, columns: features.columns)
    let kept = (0..<Int32(features.rows)).filter { weights[Int($0)] > 0 }
    rowCount = kept.count
    rows = .allocate(capacity: max(1, rowCount))
    spareRows = .allocate(capacity: max(1, rowCount))
    rows.initialize(from: kept, count: rowCount)
    spareRows.initialize(repeating: 0, count: rowCount)
    sorter = KeySorter(capacity: rowCount)
    columnOrder = Array(0..<Int32(features.columns))
    bitWords = (features.columns + 63) / 64
  }

  deinit {
    rows.deallocate()
    spareRows.deallocate()
  }

  func run() {
    tree.nodes.append(DecisionTree.Node(column: -1, next: 0, threshold: 0))
    waiting.append(Waiting(node: 0, start: 0, count: rowCount, depth: 0))
    constantBits = [UInt64](repeating: 0, count: bitWords)
    while let node = waiting.popLast() { divide(node) }
  }

  private func divide(_ node: Waiting) {
    let (_, impurity) = criterion.enter(rows + node.start, count: node.count)
    let bits = constantBits.count - bitWords
    var cut = Cut()
    if impurity > 0 && node.count >= 2 * settings.minimumLeaf
      && node.depth < settings.maximumDepth ?? Int.max
    {
      cut = bestCut(node, bits)
    }
    guard cut.column >= 0 else {
      constantBits.removeLast(bitWords)
      tree.nodes[node.node].next = Int32(tree.leaves)
      tree.values += criterion.value
      return
    }
    tree.gains[cut.column] += cut.gain
    let child = tree.nodes.count
    tree.nodes[node.node] = DecisionTree.Node(
      column: Int32(cut.column), next: Int32(child),
      threshold: features.threshold(cut.column, below: cut.lower, above: cut.upper))
    let leaf = DecisionTree.Node(column: -1, next: 0, threshold: 0)
    tree.nodes.append(leaf)
    tree.nodes.append(leaf)
    partition(node, cut)
    // The parent's words become the right child's; the left child, next in turn, gets a copy.
    constantBits.append(contentsOf: constantBits[bits..<bits + bitWords])
    waiting.append(
      Waiting(
        node: child + 1, start: node.start + cut.leftRows, count: node.count - cut.leftRows,
        depth: node.depth + 1))
    waiting.append(Waiting(node: child, start: node.start, count: cut.leftRows, depth: node.depth + 1))
  }

  /// The best cut over the columns tried; marks those found constant.
  private func bestCut(_ node: Waiting, _ bits: Int) -> Cut {
    var best = Cut()
    let tried = min(settings.columnsTried ?? features.columns, features.columns)
    let isDrawn = tried < features.columns
    var visited = 0
    var hasVaried = false
    while visited < features.columns && (visited < tried || !hasVaried) {
      if isDrawn {
        columnOrder.swapAt(visited, visited + stream.below(features.columns - visited))
      }
      let column = Int(columnOrder[visited])
      visited += 1
      let (word, bit) = (bits + column >> 6, UInt64(1) << UInt64(column & 63))
      if constantBits[word] & bit != 0 { continue }
      let ranks = features.ranks + column * features.rows
      guard
        sorter.sort(
          rows + node.start, count: node.count, ranks: ranks, distinct: features.distinct[column].count)
      else {
        constantBits[word] |= bit
        continue
      }
      hasVaried = true
      let keys = sorter.keys
      let (place, gain) = criterion.bestCut(keys, count: node.count, minimum: settings.minimumLeaf)
      if place > 0 && gain > best.gain + criterion.slack {
        best = Cut(
          column: column, gain: gain, lower: UInt32(keys[place - 1] >> 32),
          upper: UInt32(keys[place] >> 32),
          leftRows: place)
      }
    }
    return best
  }

  /// Moves the rows that go left to the front of the node's stretch; both sides keep their order.
  private func partition(_ node: Waiting, _ cut: Cut) {
    let ranks = features.ranks + cut.column * features.rows
    let stretch = rows + node.start
    var (left, right) = (0, 0)
    for i in 0..<node.count {
      let row = stretch[i]
      if ranks[Int(row)] <= cut.lower {
        stretch[left] = row
        left &+= 1
      } else {
        spareRows[right] = row
        right &+= 1
      }
    }
    (stretch + left).update(from: spareRows, count: right)
  }
}
