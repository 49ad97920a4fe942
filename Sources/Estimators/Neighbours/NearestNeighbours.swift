import Tensors

/// The rows nearest to given ones in Euclidean distance, exactly, by brute force: ordered by distance, then by
/// position, so that ties and duplicates have one answer.
///
/// A matrix product finds the candidates; their distances are then computed from the differences themselves,
/// because a product's rounding would order ties by chance (scikit-learn's brute force leaves that).
package struct NearestNeighbours: Sendable {
  private let features: Matrix
  private let norms: [Double]
  private let largestNorm: Double

  /// How neighbours are averaged.
  package enum Weighting: String, CaseIterable, Sendable {
    case uniform
    /// By 1/distance; where some are at distance 0, only those count.
    case distance
  }

  /// - Throws: `EstimatorError.noRows`, `.notFinite`.
  package init(_ features: Matrix) throws(EstimatorError) {
    try requireFinite(features, "nearest neighbours")
    self.features = features
    norms = squaredNorms(features)
    largestNorm = norms.max() ?? 0
  }

  /// A neighbour: its row and its squared distance.
  package struct Neighbour: Hashable, Sendable {
    package let row: Int
    package let squaredDistance: Double
  }

  /// The `count` nearest rows of each query row, or all rows where there are fewer.
  package func search(_ queries: Matrix, count: Int) -> [[Neighbour]] {
    precondition(count >= 1 && queries.columns == features.columns)
    let count = min(count, features.rows)
    var result: [[Neighbour]] = []
    result.reserveCapacity(queries.rows)
    for start in stride(from: 0, to: queries.rows, by: kernelBlockRows) {
      let block = queries.rows(at: Array(start..<min(start + kernelBlockRows, queries.rows)))
      let products = block.timesTransposed(features)
      let own = squaredNorms(block)
      for i in 0..<block.rows {
        products.values.withUnsafeBufferPointer { products in
          let row = UnsafeBufferPointer(rebasing: products[i * features.rows..<(i + 1) * features.rows])
          result.append(nearest(block.row(i), own[i], row, count))
        }
      }
    }
    return result
  }

  private func nearest(
    _ query: ArraySlice<Double>, _ own: Double, _ products: UnsafeBufferPointer<Double>, _ count: Int
  ) -> [Neighbour] {
    // The smallest approximate distances (without the query's own norm), ascending.
    var smallest = [Double](repeating: .infinity, count: count)
    for j in 0..<products.count {
      let distance = norms[j] - 2 * products[j]
      if distance < smallest[count - 1] {
        var place = count - 1
        while place > 0 && smallest[place - 1] > distance {
          smallest[place] = smallest[place - 1]
          place -= 1
        }
        smallest[place] = distance
      }
    }
    // Twice more than rounding can have moved a distance.
    let doubt = Double(features.columns + 8) * 0x1p-50 * (own + largestNorm)
    let limit = smallest[count - 1] + doubt
    var found: [Neighbour] = []
    let start = query.startIndex
    for j in 0..<products.count where norms[j] - 2 * products[j] <= limit {
      var distance = 0.0
      for k in 0..<features.columns {
        let difference = query[start + k] - features.values[j &* features.columns &+ k]
        distance += difference * difference
      }
      if found.count == count && distance >= found[count - 1].squaredDistance { continue }
      if found.count == count { found.removeLast() }
      var place = found.count
      while place > 0 && found[place - 1].squaredDistance > distance { place -= 1 }
      found.insert(Neighbour(row: j, squaredDistance: distance), at: place)
    }
    return found
  }

  /// The weighted share of each class among the neighbours, rows × classes.
  package func classShares(
    _ queries: Matrix, _ classes: ClassLabels, count: Int, _ weighting: Weighting
  ) -> [Double] {
    var shares = [Double](repeating: 0, count: queries.rows * classes.count)
    for (i, neighbours) in search(queries, count: count).enumerated() {
      for (neighbour, weight) in zip(neighbours, Self.weights(neighbours, weighting)) {
        shares[i * classes.count + classes.labels[neighbour.row]] += weight
      }
    }
    return shares
  }

  /// The weighted mean of the neighbours' targets, one a row.
  package func means(
    _ queries: Matrix, _ targets: [Double], count: Int, _ weighting: Weighting
  ) -> [Double] {
    search(queries, count: count).map { neighbours in
      zip(neighbours, Self.weights(neighbours, weighting)).reduce(0) { $0 + targets[$1.0.row] * $1.1 }
    }
  }

  /// Weights that sum to 1.
  private static func weights(_ neighbours: [Neighbour], _ weighting: Weighting) -> [Double] {
    var weights: [Double]
    switch weighting {
    case .uniform: weights = neighbours.map { _ in 1 }
    case .distance where neighbours[0].squaredDistance == 0:
      weights = neighbours.map { $0.squaredDistance == 0 ? 1 : 0 }
    case .distance: weights = neighbours.map { 1 / $0.squaredDistance.squareRoot() }
    }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }
}
