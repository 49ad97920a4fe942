/// Kendall's W: how far the judges of a sample agree in how they rank the same items, from 0 to 1 (Kendall & Smith
/// 1939), corrected for ties.
///
/// - Parameter sample: x names the judge; of each judge, y has a value for every item, items in the same order.
/// - Returns: NaN where judges have different numbers of items or fewer than two, and where all their values are tied.
package func kendallConcordance(_ sample: PairedSample) -> Double {
  var judges: [(judge: Double, values: [Double], weight: Double)] = []
  for i in sample.x.indices {
    if let place = judges.firstIndex(where: { $0.judge == sample.x[i] }) {
      judges[place].values.append(sample.y[i])
    } else {
      judges.append((sample.x[i], [sample.y[i]], sample.weights[i]))
    }
  }
  guard let items = judges.first?.values.count, items >= 2, judges.allSatisfy({ $0.values.count == items })
  else {
    return .nan
  }
  var sums = [Double](repeating: 0, count: items)
  var (total, ties) = (0.0, 0.0)
  for judge in judges {
    let ranks = RankCounts(judge.values)
    for item in 0..<items { sums[item] += judge.weight * Double(ranks.doubledRanks[item]) / 2 }
    total += judge.weight
    ties += judge.weight * ranks.tieTerm
  }
  let k = Double(items)
  let middle = total * (k + 1) / 2
  let squares = sums.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
  let largest = total * total * (k * k * k - k) - total * ties
  return largest > 0 ? 12 * squares / largest : .nan
}
