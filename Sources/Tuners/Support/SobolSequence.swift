import Experiments
import Randomness

/// The Sobol sequence in base 2 with the direction numbers of Joe and Kuo ("Constructing Sobol sequences with better
/// two-dimensional projections", SIAM J. Sci. Comput. 30, 2008; set new-joe-kuo-6), in Gray-code order, 32 bits.
///
/// Scrambling multiplies each dimension's digits by a random lower triangular matrix and adds a random shift (Matoušek,
/// "On the L2-discrepancy for anchored boxes", J. Complexity 14, 1998): every power of two of points stays as even as
/// the plain sequence. Dimensions beyond the table of 64 are filled with independent random numbers.
package struct SobolSequence {
  /// Words for the digits of each tabulated dimension, highest digit first.
  private let directions: [[UInt32]]
  private let shifts: [UInt32]
  private let dimensions: Int
  private let padding: RandomStream?

  /// The plain sequence, whose first point is the origin.
  package init(dimensions: Int) {
    precondition(dimensions <= Self.table.count + 1, "the plain sequence has 64 dimensions")
    self.dimensions = dimensions
    directions = (0..<dimensions).map(Self.directions)
    shifts = [UInt32](repeating: 0, count: dimensions)
    padding = nil
  }

  package init(dimensions: Int, scrambledBy stream: (_ purpose: String, _ index: Int) -> RandomStream) {
    self.dimensions = dimensions
    let tabulated = min(dimensions, Self.table.count + 1)
    var directions: [[UInt32]] = []
    var shifts: [UInt32] = []
    for dimension in 0..<tabulated {
      var random = stream("scramble", dimension)
      // Row r: a one on the diagonal, random digits before it.
      let rows = (0..<32).map { row -> UInt32 in
        let diagonal = UInt32(1) << UInt32(31 - row)
        return diagonal | random.nextWord() & ~(diagonal | (diagonal - 1))
      }
      directions.append(
        Self.directions(dimension).map { word in
          var scrambled: UInt32 = 0
          for row in rows { scrambled = scrambled << 1 | UInt32((row & word).nonzeroBitCount & 1) }
          return scrambled
        })
      shifts.append(random.nextWord())
    }
    self.directions = directions
    self.shifts = shifts
    padding = stream("padding", 0)
  }

  /// Point `index`, each coordinate in [0, 1).
  package func point(_ index: Int) -> [Double] {
    let gray = index ^ index >> 1
    var point = directions.indices.map { dimension in
      var word = shifts[dimension]
      for bit in 0..<32 where gray >> bit & 1 == 1 { word ^= directions[dimension][bit] }
      return Double(word) * 0x1p-32
    }
    if var random = padding?.indexed(index) {
      while point.count < dimensions { point.append(random.uniform()) }
    }
    return point
  }

  /// The first `count` points that the space allows, as configurations; fewer where hardly any is allowed.
  func configurations(_ space: Space, count: Int) -> [Settings] {
    allowedConfigurations(space, count: count) { point($0) }
  }

  private static func directions(_ dimension: Int) -> [UInt32] {
    guard dimension > 0 else { return (0..<32).map { 1 << UInt32(31 - $0) } }
    let (coefficients, initial) = table[dimension - 1]
    let degree = initial.count
    var words = initial.enumerated().map { $1 << UInt32(31 - $0) }
    for i in degree..<32 {
      var word = words[i - degree] ^ words[i - degree] >> UInt32(degree)
      for k in 1..<max(1, degree) where coefficients >> UInt32(degree - 1 - k) & 1 == 1 {
        word ^= words[i - k]
      }
      words.append(word)
    }
    return words
  }

  /// For each dimension after the first: the inner coefficients of its primitive polynomial, as binary digits, and the
  /// initial direction numbers, as many as the polynomial's degree.
  private static let table: [(coefficients: UInt32, initial: [UInt32])] = [
    (0, [1]), (1, [1, 3]), (1, [1, 3, 1]), (2, [1, 1, 1]), (1, [1, 1, 3, 3]), (4, [1, 3, 5, 13]),
    (2, [1, 1, 5, 5, 17]), (4, [1, 1, 5, 5, 5]), (7, [1, 1, 7, 11, 19]), (11, [1, 1, 5, 1, 1]),
    (13, [1, 1, 1, 3, 11]), (14, [1, 3, 5, 5, 31]), (1, [1, 3, 3, 9, 7, 49]), (13, [1, 1, 1, 15, 21, 21]),
    (16, [1, 3, 1, 13, 27, 49]), (19, [1, 1, 1, 15, 7, 5]), (22, [1, 3, 1, 15, 13, 25]),
    (25, [1, 1, 5, 5, 19, 61]), (1, [1, 3, 7, 11, 23, 15, 103]), (4, [1, 3, 7, 13, 13, 15, 69]),
    (7, [1, 1, 3, 13, 7, 35, 63]), (8, [1, 3, 5, 9, 1, 25, 53]), (14, [1, 3, 1, 13, 9, 35, 107]),
    (19, [1, 3, 1, 5, 27, 61, 31]), (21, [1, 1, 5, 11, 19, 41, 61]), (28, [1, 3, 5, 3, 3, 13, 69]),
    (31, [1, 1, 7, 13, 1, 19, 1]), (32, [1, 3, 7, 5, 13, 19, 59]), (37, [1, 1, 3, 9, 25, 29, 41]),
    (41, [1, 3, 5, 13, 23, 1, 55]), (42, [1, 3, 7, 3, 13, 59, 17]), (50, [1, 3, 1, 3, 5, 53, 69]),
    (55, [1, 1, 5, 5, 23, 33, 13]), (56, [1, 1, 7, 7, 1, 61, 123]), (59, [1, 1, 7, 9, 13, 61, 49]),
    (62, [1, 3, 3, 5, 3, 55, 33]), (14, [1, 3, 1, 15, 31, 13, 49, 245]),
    (21, [1, 3, 5, 15, 31, 59, 63, 97]), (22, [1, 3, 1, 11, 11, 11, 77, 249]),
    (38, [1, 3, 1, 11, 27, 43, 71, 9]), (47, [1, 1, 7, 15, 21, 11, 81, 45]),
    (49, [1, 3, 7, 3, 25, 31, 65, 79]), (50, [1, 3, 1, 1, 19, 11, 3, 205]),
    (52, [1, 1, 5, 9, 19, 21, 29, 157]), (56, [1, 3, 7, 11, 1, 33, 89, 185]),
    (67, [1, 3, 3, 3, 15, 9, 79, 71]), (70, [1, 3, 7, 11, 15, 39, 119, 27]),
    (84, [1, 1, 3, 1, 11, 31, 97, 225]), (97, [1, 1, 1, 3, 23, 43, 57, 177]),
    (103, [1, 3, 7, 7, 17, 17, 37, 71]), (115, [1, 3, 1, 5, 27, 63, 123, 213]),
    (122, [1, 1, 3, 5, 11, 43, 53, 133]), (8, [1, 3, 5, 5, 29, 17, 47, 173, 479]),
    (13, [1, 3, 3, 11, 3, 1, 109, 9, 69]), (16, [1, 1, 1, 5, 17, 39, 23, 5, 343]),
    (22, [1, 3, 1, 5, 25, 15, 31, 103, 499]), (25, [1, 1, 1, 11, 11, 17, 63, 105, 183]),
    (44, [1, 1, 5, 11, 9, 29, 97, 231, 363]), (47, [1, 1, 5, 15, 19, 45, 41, 7, 383]),
    (52, [1, 3, 7, 7, 31, 19, 83, 137, 221]), (55, [1, 1, 1, 3, 23, 15, 111, 223, 83]),
    (59, [1, 1, 5, 13, 31, 15, 55, 25, 161]), (62, [1, 1, 3, 13, 25, 47, 39, 87, 257]),
  ]
}

/// The first `count` points of a sequence that the space allows, read as quantiles; fewer where hardly any is allowed.
func allowedConfigurations(_ space: Space, count: Int, _ point: (Int) -> [Double]) -> [Settings] {
  var configurations: [Settings] = []
  var index = 0
  while configurations.count < count, index < count + Space.draws {
    let quantiles = point(index)
    let configuration = space.configuration { space.dimensions[$0].value(atQuantile: quantiles[$0]) }
    if space.allows(configuration) { configurations.append(configuration) }
    index += 1
  }
  return configurations
}
