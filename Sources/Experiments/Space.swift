/// A search space: the hyperparameters a tuner may set, in the order of their names.
package struct Space: Hashable, Sendable {
  package let dimensions: [Dimension]

  package init(_ dimensions: [Dimension]) {
    self.dimensions = dimensions.sorted { $0.name < $1.name }
  }

  package var isEmpty: Bool { dimensions.isEmpty }
}

/// One searched hyperparameter.
package struct Dimension: Hashable, Sendable {
  package enum Domain: Hashable, Sendable {
    case number(from: Double, to: Double, logarithmic: Bool)
    case integer(from: Int, to: Int, logarithmic: Bool)
    case choice([Setting])
  }

  /// The name as the study gives it; also the column of the tidy table.
  package let name: String
  /// Where the value goes in the procedure's settings.
  package let path: [String]
  package let domain: Domain

  package init(name: String, path: [String], domain: Domain) {
    self.name = name
    self.path = path
    self.domain = domain
  }

  /// The value at the quantile `u` in [0, 1) of the dimension's uniform (or log-uniform) distribution.
  package func value(atQuantile u: Double) -> Setting {
    switch domain {
    case .number(let from, let to, let logarithmic):
      return .number(Self.interpolate(u, from, to, logarithmic))
    case .integer(let from, let to, let logarithmic):
      // Each whole number owns the interval of half a unit to both sides, so that the ends are not rarer.
      let value = Self.interpolate(
        u, Double(from) - (logarithmic ? 0 : 0.5), Double(to) + (logarithmic ? 0 : 0.5), logarithmic)
      return .integer(min(to, max(from, Int(value.rounded()))))
    case .choice(let options):
      return options[min(options.count - 1, Int(u * Double(options.count)))]
    }
  }

  /// Values spread evenly from end to end, at most `count` and without repeats.
  package func grid(_ count: Int) -> [Setting] {
    if case .choice(let options) = domain { return options }
    var values: [Setting] = []
    for i in 0..<max(1, count) {
      let t = count > 1 ? Double(i) / Double(count - 1) : 0.5
      let value: Setting
      switch domain {
      case .number(let from, let to, let logarithmic):
        value = .number(Self.interpolate(t, from, to, logarithmic))
      case .integer(let from, let to, let logarithmic):
        value = .integer(Int(Self.interpolate(t, Double(from), Double(to), logarithmic).rounded()))
      case .choice: preconditionFailure("choices returned above")
      }
      if values.last != value { values.append(value) }
    }
    return values
  }

  /// Whether a value lies on the edge of its range, so that a better one may lie beyond.
  package func isOnEdge(_ value: Setting) -> Bool {
    switch (domain, value) {
    case (.number(let from, let to, _), .number(let x)): x == from || x == to
    case (.integer(let from, let to, _), .integer(let x)): x == from || x == to
    default: false
    }
  }

  private static func interpolate(_ t: Double, _ from: Double, _ to: Double, _ logarithmic: Bool) -> Double {
    if t <= 0 { return from }
    if t >= 1 { return to }
    guard logarithmic else { return from + (to - from) * t }
    let ratio = to / from
    return ratio.isFinite ? from * power(ratio, t) : power(from, 1 - t) * power(to, t)
  }
}
