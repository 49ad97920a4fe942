/// Ranks of treatments within blocks, averaged: what Friedman's test and its post hoc tests compare.
struct MeanRanks {
  /// By mean rank, the best first.
  let treatments: [(name: String, rank: Double)]
  /// Blocks in which every treatment has a score.
  let blockCount: Int
  /// Blocks that lack a treatment; they are left out.
  let incompleteBlocks: Int

  /// - Parameters:
  ///   - rows: a score as `x`, the treatment as `series`, the block as `detail`; several scores of one cell are
  ///     averaged.
  ///   - isSmallerBetter: rank 1 is the smallest score. Equal scores share the mean of their ranks.
  init?(_ rows: [ChartRow], isSmallerBetter: Bool) {
    var names = NameList()
    var blocks = NameList()
    var cells: [[Int]: (sum: Double, count: Double)] = [:]
    for row in rows {
      guard let score = row.x?.number, score.isDrawable, let name = names.place(of: row.series),
        let block = blocks.place(of: row.detail)
      else { continue }
      cells[[block, name], default: (0, 0)].sum += score
      cells[[block, name], default: (0, 0)].count += 1
    }
    let count = names.names.count
    var sums = [Double](repeating: 0, count: count)
    var complete = 0
    for block in blocks.names.indices {
      let scores = (0..<count).compactMap { name in cells[[block, name]].map { $0.sum / $0.count } }
      guard scores.count == count else { continue }
      complete += 1
      for (name, score) in scores.enumerated() {
        let better = scores.count { isSmallerBetter ? $0 < score : $0 > score }
        let equal = scores.count { $0 == score }
        sums[name] += Double(better) + (Double(equal) + 1) / 2
      }
    }
    guard count >= 2, complete >= 1 else { return nil }
    blockCount = complete
    incompleteBlocks = blocks.names.count - complete
    treatments = names.names.indices.map { (names.names[$0], sums[$0] / Double(complete)) }
      .enumerated().sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map { $0.element }
  }

  /// The largest runs of treatments whose mean ranks lie within `difference`, as first and last place.
  func cliques(within difference: Double) -> [(first: Int, last: Int)] {
    var cliques: [(first: Int, last: Int)] = []
    for first in treatments.indices {
      let last = treatments.lastIndex { $0.rank - treatments[first].rank <= difference } ?? first
      if last > first, last > cliques.last?.last ?? 0 { cliques.append((first, last)) }
    }
    return cliques
  }
}
