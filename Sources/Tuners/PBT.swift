import Experiments
import Parts
import Randomness

/// Population based training (Jaderberg et al., "Population based training of neural networks", arXiv 1711.09846, 2017),
/// in synchronous intervals.
///
/// A member that is behind takes over weights and hyperparameters of a better one and changes the hyperparameters: each
/// number is multiplied by 0.8 or 1.2, or moved by up to a tenth of its range, kept within it; with a given chance it is
/// drawn anew instead, and only so do choices change. A choice of parts, or one that others exist under, stays what it
/// is, for a checkpoint fits no other. Where `exploit` is none, those that would follow explore from where they are.
package struct PBT: Tuner {
  package static let name = "pbt"
  package static let revision = 1
  package static let summary = "population based training: the worst members follow the best in mid-run"
  package static let usesPartialRuns = true
  package static let hyperparameters = [
    Hyperparameter(
      "population", .integer(1...100_000), default: .integer(8), "members that train side by side"),
    Hyperparameter("intervals", .integer(1...100_000), default: .integer(10), "equal parts of a run"),
    Hyperparameter(
      "share", .number(0...0.5), default: .number(0.2), "of the population that follows, and is followed"),
    Hyperparameter(
      "exploit", .choice(Exploitation.allCases.map(\.rawValue)), default: .text("truncation"),
      "who follows: the worst share, losers against a random other, or none"),
    Hyperparameter(
      "copies-settings", .flag, default: .flag(true), "whether a follower takes over hyperparameters too"),
    Hyperparameter(
      "explore", .choice(["scale", "shift", "none"]), default: .text("scale"),
      "how numbers change: by a factor of 0.8 or 1.2, by up to a tenth of the range, or not"),
    Hyperparameter(
      "redraw", .number(0...1), default: .number(0.25), "chance of each hyperparameter to be drawn anew"),
  ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    let rule = Perturbation(
      space: space, explore: settings.text("explore"), redraw: settings.number("redraw"))
    return PopulationTraining(
      space, budget, size: settings.integer("population"), intervals: settings.integer("intervals"),
      share: settings.number("share"), exploitation: Exploitation(rawValue: settings.text("exploit"))!,
      copiesSettings: settings.flag("copies-settings"), rule: rule, stream: stream)
  }
}

private struct Perturbation: Exploration {
  let space: Space
  let explore: String
  let redraw: Double

  func explored(_ configuration: Settings, interval: Int, _ random: inout RandomStream) -> Settings {
    guard explore != "none" else { return configuration }
    let fixed = fixedPlaces(space)
    let changed = space.configuration { place in
      let dimension = space.dimensions[place]
      guard let value = configuration[dimension.name] else {
        return dimension.value(atQuantile: random.uniform())
      }
      let (chance, move) = (random.uniform(), random.uniform())
      if fixed.contains(place) { return value }
      if chance < redraw { return dimension.value(atQuantile: random.uniform()) }
      switch dimension.domain {
      case .choice: return value
      case .number, .integer:
        if explore == "shift" {
          return dimension.value(at: min(1, max(0, dimension.position(of: value) + 0.2 * move - 0.1)))
        }
        return dimension.scaled(value, by: move < 0.5 ? 0.8 : 1.2)
      }
    }
    return space.allows(changed) ? changed : configuration
  }

  func learn(_ configurations: [Settings], gains: [Double], interval: Int) {}
}

/// The places of choices that cannot change in mid-run: those of parts, and those that others exist under.
func fixedPlaces(_ space: Space) -> Set<Int> {
  Set(
    space.dimensions.indices.filter { place in
      let dimension = space.dimensions[place]
      guard case .choice(let options) = dimension.domain else { return false }
      return space.dimensions.contains { $0.activation?.parent == dimension.name }
        || options.contains { if case .part = $0 { true } else { false } }
    })
}

extension Dimension {
  /// A number times a factor, kept within its range; a whole number moves by one at least.
  fileprivate func scaled(_ value: Setting, by factor: Double) -> Setting {
    switch (domain, value) {
    case (.number(let from, let to, _), .number(let x)): return .number(min(to, max(from, x * factor)))
    case (.integer(let from, let to, _), .integer(let x)):
      let moved = Int((Double(x) * factor).rounded())
      return .integer(min(to, max(from, moved == x ? x + (factor > 1 ? 1 : -1) : moved)))
    default: return value
    }
  }
}
