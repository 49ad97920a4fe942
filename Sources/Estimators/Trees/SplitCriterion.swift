/// What a tree minimises, node by node: the rows' truth and their weights, and the best cut of rows in order.
protocol SplitCriterion {
  /// Numbers a leaf predicts.
  var outputs: Int { get }
  /// Turns to a node: `count` rows. Returns the sum of their weights, and their impurity times that weight: 0
  /// exactly when the node is pure.
  mutating func enter(_ rows: UnsafePointer<Int32>, count: Int) -> (weight: Double, impurity: Double)
  /// The best cut of the node's rows, the first of equals.
  ///
  /// - Parameters:
  ///   - keys: rank · 2³² + row, ascending; cuts lie between different ranks.
  ///   - minimum: the least number of rows on either side.
  /// - Returns: how many rows go left, 0 where no cut is allowed; and by how much the node's weighted impurity
  ///   falls, never less than 0.
  mutating func bestCut(_ keys: UnsafePointer<UInt64>, count: Int, minimum: Int) -> (place: Int, gain: Double)
  /// Gains closer than this are equal: rounding may have told them apart.
  var slack: Double { get }
  /// The node's prediction.
  var value: [Double] { get }
}

/// The share of a node's impurity within which gains are equal.
private let relativeSlack = 1e-12

/// Gini impurity 1 − Σ p² (Breiman, Friedman, Olshen, Stone, "Classification and Regression Trees", 1984). The
/// sums are of whole numbers, so that little is left to rounding. A leaf predicts the shares of the classes.
final class GiniCriterion: SplitCriterion {
  let outputs: Int
  private let labels: UnsafeMutablePointer<Int32>
  private let weights: UnsafeMutablePointer<Int32>
  private let total: UnsafeMutablePointer<Int>
  private let left: UnsafeMutablePointer<Int>
  private var totalWeight = 0
  private var totalSquares = 0
  private(set) var slack = 0.0

  /// - Parameter weights: how often each row counts; rows with 0 are never entered.
  init(_ classes: ClassLabels, weights: [Int32]) {
    outputs = classes.count
    let rows = classes.labels.count
    labels = .allocate(capacity: rows)
    self.weights = .allocate(capacity: rows)
    total = .allocate(capacity: outputs)
    left = .allocate(capacity: outputs)
    for i in 0..<rows {
      (labels + i).initialize(to: Int32(classes.labels[i]))
      (self.weights + i).initialize(to: weights[i])
    }
    total.initialize(repeating: 0, count: outputs)
    left.initialize(repeating: 0, count: outputs)
  }

  deinit {
    labels.deallocate()
    weights.deallocate()
    total.deallocate()
    left.deallocate()
  }

  func enter(_ rows: UnsafePointer<Int32>, count: Int) -> (weight: Double, impurity: Double) {
    for k in 0..<outputs { total[k] = 0 }
    totalWeight = 0
    for i in 0..<count {
      let row = Int(rows[i])
      let weight = Int(weights[row])
      total[Int(labels[row])] &+= weight
      totalWeight &+= weight
    }
    totalSquares = 0
    for k in 0..<outputs { totalSquares &+= total[k] &* total[k] }
    let impurity = Double(totalWeight) - Double(totalSquares) / Double(totalWeight)
    slack = impurity * relativeSlack
    return (Double(totalWeight), impurity)
  }

  var value: [Double] { (0..<outputs).map { Double(total[$0]) / Double(totalWeight) } }

  func bestCut(_ keys: UnsafePointer<UInt64>, count: Int, minimum: Int) -> (place: Int, gain: Double) {
    for k in 0..<outputs { left[k] = 0 }
    var (leftSquares, rightSquares, leftWeight) = (0, totalSquares, 0)
    var (best, bestPlace) = (-Double.infinity, 0)
    let last = count &- minimum
    for i in 0..<last {
      let key = keys[i]
      let row = Int(key & 0xFFFF_FFFF)
      let weight = Int(weights[row])
      let label = Int(labels[row])
      let before = left[label]
      left[label] = before &+ weight
      leftSquares &+= weight &* (before &+ before &+ weight)
      rightSquares &-= weight &* (2 &* (total[label] &- before) &- weight)
      leftWeight &+= weight
      if keys[i &+ 1] >> 32 != key >> 32 && i &+ 1 >= minimum {
        let score =
          Double(leftSquares) / Double(leftWeight) + Double(rightSquares) / Double(totalWeight &- leftWeight)
        if score > best + slack { (best, bestPlace) = (score, i &+ 1) }
      }
    }
    return (bestPlace, max(0, best - Double(totalSquares) / Double(totalWeight)))
  }
}

/// Squared error about the mean. A leaf predicts the mean.
final class SquaredErrorCriterion: SplitCriterion {
  let outputs = 1
  private let targets: UnsafeMutablePointer<Double>
  private let weights: UnsafeMutablePointer<Double>
  private var totalWeight = 0.0
  private var totalSum = 0.0
  private(set) var slack = 0.0

  /// - Parameter weights: how often each row counts; rows with 0 are never entered.
  init(_ targets: [Double], weights: [Int32]) {
    self.targets = .allocate(capacity: targets.count)
    self.weights = .allocate(capacity: targets.count)
    for i in 0..<targets.count {
      (self.targets + i).initialize(to: targets[i])
      (self.weights + i).initialize(to: Double(weights[i]))
    }
  }

  deinit {
    targets.deallocate()
    weights.deallocate()
  }

  func enter(_ rows: UnsafePointer<Int32>, count: Int) -> (weight: Double, impurity: Double) {
    (totalWeight, totalSum) = (0, 0)
    let first = targets[Int(rows[0])]
    var isPure = true
    for i in 0..<count {
      let row = Int(rows[i])
      totalWeight += weights[row]
      totalSum += weights[row] * targets[row]
      isPure = isPure && targets[row] == first
    }
    if isPure { return (totalWeight, 0) }
    let mean = totalSum / totalWeight
    var impurity = 0.0
    for i in 0..<count {
      let row = Int(rows[i])
      let difference = targets[row] - mean
      impurity += weights[row] * difference * difference
    }
    slack = impurity * relativeSlack
    return (totalWeight, impurity)
  }

  var value: [Double] { [totalSum / totalWeight] }

  func bestCut(_ keys: UnsafePointer<UInt64>, count: Int, minimum: Int) -> (place: Int, gain: Double) {
    // Sums are taken about the node's mean, so that a large common offset costs no digits.
    let mean = totalSum / totalWeight
    var (leftSum, leftWeight) = (0.0, 0.0)
    var (best, bestPlace) = (-Double.infinity, 0)
    let last = count &- minimum
    for i in 0..<last {
      let key = keys[i]
      let row = Int(key & 0xFFFF_FFFF)
      leftSum += weights[row] * (targets[row] - mean)
      leftWeight += weights[row]
      if keys[i &+ 1] >> 32 != key >> 32 && i &+ 1 >= minimum {
        let score = leftSum * leftSum * (1 / leftWeight + 1 / (totalWeight - leftWeight))
        if score > best + slack { (best, bestPlace) = (score, i &+ 1) }
      }
    }
    return (bestPlace, max(0, best))
  }
}
