import Experiments
import Parts

/// Which rows of a data set must stay together: twins (identical features) and the author's groups, merged.
///
/// Groups that share a row, directly or through others, become one (union-find).
package struct RowGroups: Sendable {
  /// The digest of each row's features.
  package let digests: [RowDigest]
  /// The stable id of each row: its digest, told apart among twins by their order.
  let ids: [RowDigest]
  /// The group of each row: the number of one of its rows.
  let group: [Int32]

  package init(_ dataset: Dataset) {
    let digests = RowDigest.all(of: dataset)
    var forest = Forest(dataset.rows)
    var order = Array(0..<Int32(dataset.rows))
    order.sort { (digests[Int($0)], $0) < (digests[Int($1)], $1) }
    var ids = digests
    var ordinal = 0
    for (a, b) in zip(order, order.dropFirst()) {
      guard digests[Int(a)] == digests[Int(b)] else {
        ordinal = 0
        continue
      }
      ordinal += 1
      ids[Int(b)] = digests[Int(b)].twin(ordinal)
      forest.join(a, b)
    }
    if let groups = dataset.groups {
      var first: [Int32: Int32] = [:]
      for row in 0..<Int32(dataset.rows) {
        if let other = first[groups[Int(row)]] {
          forest.join(other, row)
        } else {
          first[groups[Int(row)]] = row
        }
      }
    }
    self.digests = digests
    self.ids = ids
    group = (0..<Int32(dataset.rows)).map { forest.root($0) }
  }

  /// Disjoint sets with path halving; the smaller row is the root.
  private struct Forest {
    private var parent: [Int32]

    init(_ count: Int) { parent = Array(0..<Int32(count)) }

    mutating func root(_ row: Int32) -> Int32 {
      var row = row
      while parent[Int(row)] != row {
        parent[Int(row)] = parent[Int(parent[Int(row)])]
        row = parent[Int(row)]
      }
      return row
    }

    mutating func join(_ a: Int32, _ b: Int32) {
      let (a, b) = (root(a), root(b))
      parent[Int(max(a, b))] = min(a, b)
    }
  }
}
