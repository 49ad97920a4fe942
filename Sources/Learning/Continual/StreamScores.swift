/// How well each session's classes are told apart from all seen so far, after each session.
///
/// a(k, j) is the accuracy after session k on the score rows of session j's classes, j ≤ k.
package struct StreamScores: Sendable {
  private var right: [[Int]] = []
  private let rows: [Int]

  /// - Parameter rows: score rows of each session's classes, at least one each.
  package init(rows: [Int]) {
    precondition(rows.allSatisfy { $0 > 0 }, "every session has score rows")
    self.rows = rows
  }

  /// Notes the rows of each session so far that were taken for their own class.
  package mutating func add(right: [Int]) {
    precondition(right.count == self.right.count + 1, "one count for each session so far")
    self.right.append(right)
  }

  /// A(k): the accuracy after each session over the score rows of all classes seen.
  package var accuracies: [Double] {
    right.map { Double($0.reduce(0, +)) / Double(rows.prefix($0.count).reduce(0, +)) }
  }

  /// Ā = mean over k of A(k) (Rebuffi et al., CVPR 2017, "average incremental accuracy").
  package var average: Double { accuracies.reduce(0, +) / Double(accuracies.count) }

  /// A(T).
  package var final: Double { accuracies.last! }

  /// The mean over all sessions but the last of max over k < T of a(k, j) − a(T, j) (Chaudhry et al., ECCV 2018,
  /// §3); 0 for a stream of one session.
  package var forgetting: Double {
    let last = right.count - 1
    guard last > 0 else { return 0 }
    let lost = (0..<last).map { j in
      Double((j..<last).map { right[$0][j] }.max()! - right[last][j]) / Double(rows[j])
    }
    return lost.reduce(0, +) / Double(last)
  }
}
