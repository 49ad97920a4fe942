import Learning

/// Numbers by which places are drawn in proportion: a complete binary tree of sums (Schaul et al., ICLR 2016, appendix B.2.1).
package final class PriorityTree {
  /// Leaves, a power of two.
  private let leaves: Int
  /// Node i has the children 2i and 2i + 1; the root is 1, the leaves come last.
  private var sums: [Double]

  package init(capacity: Int) {
    var leaves = 1
    while leaves < capacity { leaves *= 2 }
    self.leaves = leaves
    sums = [Double](repeating: 0, count: 2 * leaves)
  }

  package var total: Double { sums[1] }

  package subscript(place: Int) -> Double {
    get { sums[leaves + place] }
    set {
      var node = leaves + place
      sums[node] = newValue
      while node > 1 {
        node /= 2
        sums[node] = sums[2 * node] + sums[2 * node + 1]
      }
    }
  }

  /// The place whose stretch of the running sum holds `mass`, 0 ≤ mass < total.
  package func place(at mass: Double) -> Int {
    var (node, rest) = (1, mass)
    while node < leaves {
      node *= 2
      // Rounding must not lead to a place of priority 0.
      if rest >= sums[node] && sums[node + 1] > 0 {
        rest -= sums[node]
        node += 1
      }
    }
    return node - leaves
  }

  func exchange(_ archive: StateArchive) throws { try archive.exchange("sums", &sums) }
}
