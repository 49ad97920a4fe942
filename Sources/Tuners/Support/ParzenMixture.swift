import Randomness
import Tensors

/// A density over the points of a tree-structured space: a weighted mixture with one component a point, each a product
/// of one kernel a dimension.
///
/// Numeric dimensions: a normal kernel about the point, cut off at the ends of [0, 1] and scaled up for it. Choices: the point's option with probability 1 − `mixing`, else any option alike. Where the
/// component's point lacks the dimension, or for the prior component, which lacks all, the kernel is uniform: so what
/// exists under one branch only is modelled jointly with everything else.
package struct ParzenMixture {
  /// Options of each dimension; 0 for numeric ones.
  let options: [Int]
  /// Per dimension, one entry a component: the position, or the option's index; NaN for a uniform kernel.
  private let columns: [[Double]]
  /// Per dimension, one entry a component: 1 / the normal kernel's width.
  private let inverses: [[Double]]
  private let mixing: Double
  /// Per numeric dimension, each kernel's height at its centre; 1 for a uniform one. Empty for choices.
  private let heights: [[Double]]
  /// Each component's share times the heights of all its kernels.
  private let scales: [Double]
  private let shares: [Double]

  /// - Parameters:
  ///   - points: positions as `Space.point` gives them.
  ///   - weights: one a point, and the prior component's last; need not sum to 1.
  ///   - widths: of the normal kernels, per dimension, one entry a point; not read for choices.
  package init(_ points: [[Double]], weights: [Double], options: [Int], widths: [[Double]], mixing: Double) {
    self.options = options
    inverses = widths.map { $0.map { 1 / $0 } + [1] }
    self.mixing = mixing
    let total = weights.reduce(0, +)
    shares = weights.map { $0 / total }
    var scales = shares
    var columns: [[Double]] = []
    var heights: [[Double]] = []
    for (dimension, count) in options.enumerated() {
      var column = points.map { $0[dimension] } + [.nan]
      var height: [Double] = []
      if count > 0 {
        for i in column.indices { column[i] = (column[i] * Double(count)).rounded(.down) }
      } else {
        height = zip(column, inverses[dimension]).map { centre, inverse in
          if centre.isNaN { return 1 }
          let mass = normalMass(from: -centre * inverse, to: (1 - centre) * inverse)
          return inverse * 0.3989422804014327 / mass
        }
        for i in scales.indices { scales[i] *= height[i] }
      }
      columns.append(column)
      heights.append(height)
    }
    self.columns = columns
    self.heights = heights
    self.scales = scales
  }

  /// The place of a component drawn by weight.
  package func component(_ random: inout RandomStream) -> Int {
    let u = random.uniform()
    var sum = 0.0
    for (place, share) in shares.enumerated() {
      sum += share
      if u < sum { return place }
    }
    return shares.count - 1
  }

  /// A position of one dimension drawn from a component's kernel.
  package func position(_ dimension: Int, of component: Int, _ random: inout RandomStream) -> Double {
    let centre = columns[dimension][component]
    if centre.isNaN { return random.uniform() }
    if options[dimension] > 0 {
      let u = random.uniform()
      return u < 1 - mixing ? (centre + 0.5) / Double(options[dimension]) : random.uniform()
    }
    // A tenth of the mass at least lies inside, for a width below 1 and a centre inside.
    while true {
      let drawn = centre + random.normal() / inverses[dimension][component]
      if drawn >= 0, drawn <= 1 { return drawn }
    }
  }

  /// The density at each point, whose dimensions that do not exist are NaN.
  package func densities(_ points: [[Double]]) -> [Double] {
    let count = scales.count
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * count) { room in
      let exponents = room.baseAddress!
      let factors = exponents + count
      return points.map { point in
        for i in 0..<count {
          exponents[i] = 0
          factors[i] = scales[i]
        }
        for (dimension, x) in point.enumerated() {
          columns[dimension].withUnsafeBufferPointer { column in
            if options[dimension] > 0 {
              guard !x.isNaN else { return }
              let all = Double(options[dimension])
              let option = min(all - 1, (x * all).rounded(.down))
              let (same, other) = (1 - mixing + mixing / all, mixing / all)
              for i in 0..<count {
                let centre = column[i]
                factors[i] *= centre == option ? same : centre.isNaN ? 1 / all : other
              }
            } else if x.isNaN {
              // Components may have a kernel where the point has nothing.
              for i in 0..<count { factors[i] /= heights[dimension][i] }
            } else {
              inverses[dimension].withUnsafeBufferPointer { inverse in
                for i in 0..<count {
                  let z = (x - column[i]) * inverse[i]
                  exponents[i] += z.isNaN ? 0 : -0.5 * z * z
                }
              }
            }
          }
        }
        exponentiate(exponents, count: count)
        var sum = 0.0
        for i in 0..<count { sum += exponents[i] * factors[i] }
        return sum
      }
    }
  }
}

/// The mass of the standard normal distribution in an interval, within 1.5e-7 (Abramowitz & Stegun 7.1.26).
func normalMass(from lower: Double, to upper: Double) -> Double {
  /// erf(x/√2)/2
  func half(_ x: Double) -> Double {
    let z = abs(x) * 0.7071067811865476
    let t = 1 / (1 + 0.3275911 * z)
    let series =
      t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    let value = 0.5 * (1 - series * exponential(-z * z))
    return x < 0 ? -value : value
  }
  return half(upper) - half(lower)
}
