import Randomness

/// A search space: the hyperparameters a tuner may set, in the order of their names.
///
/// A tree where choices have children: a dimension may exist only under some values of another. A *configuration* sets
/// every dimension that exists under it, and no other. The same space checks configurations, draws them, turns them
/// into points for models and back, and writes itself.
package struct Space: Hashable, Sendable {
  package let dimensions: [Dimension]
  /// Combinations that are never tried.
  package let forbidden: [SettingCondition]
  /// The configuration that the author would start from; nil where none is declared.
  package private(set) var start: Settings?
  /// Places in `dimensions`, each parent before its children.
  package let parentsFirst: [Int]
  /// The place of each dimension's parent.
  private let parents: [Int?]

  /// - Parameter start: values for any of the dimensions; the others stand in the middle of their ranges, at the centre
  ///   of their prior or at their first option.
  package init(_ dimensions: [Dimension], forbidden: [SettingCondition] = [], start: Settings? = nil) {
    let sorted = dimensions.sorted { $0.name < $1.name }
    self.dimensions = sorted
    self.forbidden = forbidden
    let parents = sorted.map { dimension in
      dimension.activation.map { activation in
        guard let place = sorted.firstIndex(where: { $0.name == activation.parent }) else {
          preconditionFailure(
            "'\(dimension.name)' exists under '\(activation.parent)', which is not in the space")
        }
        return place
      }
    }
    self.parents = parents
    var order: [Int] = []
    while order.count < sorted.count {
      let next = sorted.indices.filter { place in
        !order.contains(place) && parents[place].map { order.contains($0) } ?? true
      }
      precondition(!next.isEmpty, "no dimension exists under itself")
      order += next
    }
    parentsFirst = order
    guard let start else { return }
    self.start = configuration { start[sorted[$0].name] ?? sorted[$0].middle }
  }

  package var isEmpty: Bool { dimensions.isEmpty }

  /// Whether no dimension exists only under another.
  package var isFlat: Bool { parents.allSatisfy { $0 == nil } }

  /// Whether the dimension at a place exists, given the values of those before it in `parentsFirst`.
  package func isActive(_ place: Int, _ value: (Int) -> Setting?) -> Bool {
    guard let parent = parents[place], let activation = dimensions[place].activation else { return true }
    return value(parent).map(activation.options.contains) ?? false
  }

  /// The configuration with these values, by place in `dimensions`: parents are asked for first, and only what exists
  /// is asked for.
  package func configuration(_ value: (Int) -> Setting) -> Settings {
    var values = [Setting?](repeating: nil, count: dimensions.count)
    for place in parentsFirst where isActive(place, { values[$0] }) { values[place] = value(place) }
    var configuration = Settings()
    for (dimension, value) in zip(dimensions, values) { configuration[dimension.name] = value }
    return configuration
  }

  /// Whether no forbidden combination holds.
  package func allows(_ configuration: Settings) -> Bool {
    !forbidden.contains { $0.holds { configuration[$0] } }
  }

  /// Whether it sets every dimension that exists under it to a value of its domain, nothing else, and is allowed.
  package func contains(_ configuration: Settings) -> Bool {
    var count = 0
    for (place, dimension) in dimensions.enumerated()
    where isActive(place, { configuration[dimensions[$0].name] }) {
      guard let value = configuration[dimension.name], dimension.contains(value) else { return false }
      count += 1
    }
    return count == configuration.pairs.count && allows(configuration)
  }

  /// Tries before a draw gives up; a study whose space is not feasible is refused.
  package static let draws = 20_000

  /// Whether one draw in a thousand at least is allowed, by 10,000 of them.
  package var isFeasible: Bool {
    if forbidden.isEmpty { return true }
    var random = RandomStream(seed: 0, role: "auxiliary", purpose: "feasible")
    let allowed = (0..<10_000).count { _ in allows(rawDraw(&random)) }
    return allowed >= 10
  }

  /// An allowed configuration, each dimension drawn from its distribution, parents first.
  ///
  /// Should no draw be allowed, the last one is returned.
  ///
  /// - Parameter fixed: values that are not drawn, by place.
  package func draw(_ random: inout RandomStream, fixed: [Int: Setting] = [:]) -> Settings {
    for _ in 1..<Self.draws {
      let drawn = rawDraw(&random, fixed)
      if allows(drawn) { return drawn }
    }
    return rawDraw(&random, fixed)
  }

  private func rawDraw(_ random: inout RandomStream, _ fixed: [Int: Setting] = [:]) -> Settings {
    configuration { fixed[$0] ?? dimensions[$0].value(atQuantile: random.uniform()) }
  }

  /// The settings with a configuration's values put in, parents first: a chosen part before its own settings.
  package func settings(_ settings: Settings, with configuration: Settings) -> Settings {
    var complete = settings
    for place in parentsFirst {
      guard let value = configuration[dimensions[place].name] else { continue }
      complete[path: dimensions[place].path] = value
    }
    return complete
  }

  /// The position of each dimension, in the order of `dimensions`; NaN where it does not exist.
  package func point(_ configuration: Settings) -> [Double] {
    dimensions.map { dimension in configuration[dimension.name].map(dimension.position) ?? .nan }
  }

  /// The configuration at a point of the unit cube, one position a dimension; those of what does not exist are not read.
  package func configuration(at point: [Double]) -> Settings {
    configuration { dimensions[$0].value(at: point[$0]) }
  }

  /// The space as a study writes it, in one line.
  package var text: String {
    let texts = dimensions.map { dimension in
      let existence = dimension.activation.map {
        " under \($0.parent) \($0.options.map(\.label).joined(separator: " or "))"
      }
      return "\(dimension.name) \(dimension.domainText)\(existence ?? "")"
    }
    return (texts + forbidden.map { "not \($0.text)" }).joined(separator: ", ")
  }
}

extension Dimension {
  /// The value of a start that does not name the dimension.
  fileprivate var middle: Setting {
    if case .around(let centre)? = prior { return centre }
    if case .choice(let options) = domain { return options[0] }
    return value(at: 0.5)
  }
}
