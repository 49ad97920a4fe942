/// Scores in ascending order with their outcomes, the form in which calibration and ranking measures are computed.
///
/// Rows of equal score cannot be told apart, so each gets the mean outcome of its tie: whatever is computed along the
/// ranks is then the mean over all orders of the tied rows, and never depends on the order of the rows.
package struct RankedOutcomes {
  /// Ascending.
  package let scores: [Double]
  /// The share of positive rows among those of the same score: 0 or 1 where there is no tie.
  package let outcomes: [Double]
  /// How many rows are positive.
  package let positives: Int
  /// The sum of the first k scores, for k = 0 … count.
  let scoreSums: [Double]
  /// The sum of the first k outcomes, for k = 0 … count.
  let outcomeSums: [Double]

  package var count: Int { scores.count }

  /// - Parameters:
  ///   - scores: finite, in any order.
  ///   - isPositive: the outcome of each.
  package init(_ scores: [Double], _ isPositive: [Bool]) {
    precondition(scores.count == isPositive.count, "one outcome a score")
    let count = scores.count
    let (sorted, flags) = sortedByScore(scores, isPositive)
    var outcomes = [Double](repeating: 0, count: count)
    var scoreSums = [Double](repeating: 0, count: count + 1)
    var outcomeSums = [Double](repeating: 0, count: count + 1)
    var positives = 0
    sorted.withUnsafeBufferPointer { sorted in
      flags.withUnsafeBufferPointer { flags in
        outcomes.withUnsafeMutableBufferPointer { outcomes in
          scoreSums.withUnsafeMutableBufferPointer { scoreSums in
            outcomeSums.withUnsafeMutableBufferPointer { outcomeSums in
              var start = 0
              while start < count {
                var end = start
                var positive = 0
                let score = sorted[start]
                while end < count, sorted[end] == score {
                  positive &+= flags[end] ? 1 : 0
                  end &+= 1
                }
                let share = Double(positive) / Double(end &- start)
                for place in start..<end {
                  outcomes[place] = share
                  scoreSums[place &+ 1] = scoreSums[place] + score
                  outcomeSums[place &+ 1] =
                    place &+ 1 == end ? Double(positives &+ positive) : outcomeSums[place] + share
                }
                positives &+= positive
                start = end
              }
            }
          }
        }
      }
    }
    self.scores = sorted
    self.outcomes = outcomes
    self.positives = positives
    self.scoreSums = scoreSums
    self.outcomeSums = outcomeSums
  }

  /// The sums of scores and outcomes over the rows between two ranks, which need not be whole: of a row that an end cuts,
  /// that share counts.
  func sums(from start: Double, to end: Double) -> (scores: Double, outcomes: Double) {
    func upTo(_ rank: Double) -> (Double, Double) {
      let whole = min(Int(rank), count)
      let rest = rank - Double(whole)
      guard rest > 0, whole < count else { return (scoreSums[whole], outcomeSums[whole]) }
      return (scoreSums[whole] + rest * scores[whole], outcomeSums[whole] + rest * outcomes[whole])
    }
    let (low, high) = (upTo(start), upTo(end))
    return (high.0 - low.0, high.1 - low.1)
  }
}

/// Scores in ascending order with their flags; equal scores stay in the order given.
///
/// Many rows are sorted by the digits of their bits (eleven at a time, from the last), which takes a time proportional
/// to their number.
private func sortedByScore(_ scores: [Double], _ flags: [Bool]) -> ([Double], [Bool]) {
  let count = scores.count
  guard count > 2_048 else {
    let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
    return (order.map { scores[$0] }, order.map { flags[$0] })
  }
  let digits = 11
  let values = 1 << digits
  let passes = 6
  // Ascending as unsigned numbers: negative scores have all bits turned, others the sign. Adding 0 makes −0 a 0.
  var keys = [UInt64](repeating: 0, count: count)
  var histogram = [Int](repeating: 0, count: passes * values)
  for place in 0..<count {
    let bits = (scores[place] + 0).bitPattern
    let key = bits ^ (bits >> 63 == 1 ? UInt64.max : 1 << 63)
    keys[place] = key
    for pass in 0..<passes {
      histogram[pass * values + Int(truncatingIfNeeded: key >> UInt64(pass * digits)) & (values - 1)] += 1
    }
  }
  var marks = flags
  var otherKeys = keys
  var otherMarks = flags
  for pass in 0..<passes {
    var starts = [Int](repeating: 0, count: values)
    var total = 0
    var isTrivial = false
    for digit in 0..<values {
      starts[digit] = total
      let here = histogram[pass * values + digit]
      isTrivial = isTrivial || here == count
      total += here
    }
    if isTrivial { continue }
    let shift = UInt64(pass * digits)
    keys.withUnsafeBufferPointer { keys in
      marks.withUnsafeBufferPointer { marks in
        otherKeys.withUnsafeMutableBufferPointer { otherKeys in
          otherMarks.withUnsafeMutableBufferPointer { otherMarks in
            starts.withUnsafeMutableBufferPointer { starts in
              for place in 0..<count {
                let digit = Int(truncatingIfNeeded: keys[place] >> shift) & (values - 1)
                let target = starts[digit]
                starts[digit] = target &+ 1
                otherKeys[target] = keys[place]
                otherMarks[target] = marks[place]
              }
            }
          }
        }
      }
    }
    swap(&keys, &otherKeys)
    swap(&marks, &otherMarks)
  }
  return (
    keys.map { Double(bitPattern: $0 ^ ($0 >> 63 == 1 ? 1 << 63 : UInt64.max)) }, marks
  )
}
