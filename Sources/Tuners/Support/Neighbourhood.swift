import Experiments
import Randomness

/// Changed copies of configurations.
struct Neighbourhood {
  let space: Space

  /// A copy with numeric positions moved by normal steps and choices redrawn; what newly exists is drawn.
  ///
  /// - Parameters:
  ///   - step: deviation of a move, in positions; a move beyond an end is reflected.
  ///   - share: the chance of each dimension to change; one at least does, where any exists.
  func neighbour(
    of point: [Double], step: Double, share: Double, _ random: inout RandomStream
  ) -> Settings {
    let existing = point.indices.filter { !point[$0].isNaN }
    guard !existing.isEmpty else { return space.draw(&random) }
    let certain = existing[random.below(existing.count)]
    return space.configuration { place in
      let dimension = space.dimensions[place]
      if point[place].isNaN { return dimension.value(atQuantile: random.uniform()) }
      guard place == certain || random.uniform() < share else { return dimension.value(at: point[place]) }
      switch dimension.domain {
      case .choice(let options):
        guard options.count > 1 else { return options[0] }
        let current = min(options.count - 1, Int(point[place] * Double(options.count)))
        return options[(current + 1 + random.below(options.count - 1)) % options.count]
      case .number, .integer:
        return dimension.value(at: Self.reflected(point[place] + step * random.normal()))
      }
    }
  }

  /// A number brought into [0, 1] by mirrors at both ends.
  static func reflected(_ x: Double) -> Double {
    let folded = abs(x).truncatingRemainder(dividingBy: 2)
    return folded > 1 ? 2 - folded : folded
  }
}
