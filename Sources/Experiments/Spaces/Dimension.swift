import Randomness

/// One searched hyperparameter.
package struct Dimension: Hashable, Sendable {
  package enum Domain: Hashable, Sendable {
    case number(from: Double, to: Double, logarithmic: Bool)
    case integer(from: Int, to: Int, logarithmic: Bool)
    case choice([Setting])
  }

  /// When the dimension exists: while another one, a choice, has one of these values.
  package struct Activation: Hashable, Sendable {
    package let parent: String
    package let options: [Setting]

    package init(parent: String, options: [Setting]) {
      self.parent = parent
      self.options = options
    }
  }

  /// The name as the study gives it; also the column of the tidy table.
  package let name: String
  /// Where the value goes in the procedure's settings.
  package let path: [String]
  package let domain: Domain
  /// nil where it always exists.
  package let activation: Activation?
  /// nil for the uniform (or log-uniform) distribution.
  package let prior: Prior?

  package init(
    name: String, path: [String], domain: Domain, activation: Activation? = nil, prior: Prior? = nil
  ) {
    self.name = name
    self.path = path
    self.domain = domain
    self.activation = activation
    self.prior = prior
  }

  /// The value at the quantile `u` in [0, 1) of the dimension's distribution.
  package func value(atQuantile u: Double) -> Setting {
    switch (domain, prior) {
    case (.choice(let options), .weights(let weights)?):
      let total = weights.reduce(0, +)
      var sum = 0.0
      for (option, weight) in zip(options, weights) {
        sum += weight
        if u * total < sum { return option }
      }
      return options[weights.lastIndex { $0 > 0 } ?? 0]
    case (_, .around(let centre)?): return value(at: Prior.quantile(u, peak: position(of: centre)))
    default: return value(at: u)
    }
  }

  /// The value at a position in [0, 1] along the range's own scale; a choice's options share it equally.
  package func value(at position: Double) -> Setting {
    switch domain {
    case .number(let from, let to, let logarithmic):
      return .number(Self.interpolate(position, from, to, logarithmic))
    case .integer(let from, let to, let logarithmic):
      // Each whole number owns the interval of half a unit to both sides, so that the ends are not rarer.
      let value = Self.interpolate(
        position, Double(from) - (logarithmic ? 0 : 0.5), Double(to) + (logarithmic ? 0 : 0.5), logarithmic)
      return .integer(min(to, max(from, Int(value.rounded()))))
    case .choice(let options):
      return options[min(options.count - 1, Int(position * Double(options.count)))]
    }
  }

  /// Where a value lies along the range, in [0, 1]: the inverse of `value(at:)`, in the middle of what that maps onto
  /// the value. A range of one point has the position ½.
  package func position(of value: Setting) -> Double {
    switch domain {
    case .number(let from, let to, let logarithmic):
      return Self.position(value.number ?? from, from, to, logarithmic)
    case .integer(let from, let to, let logarithmic):
      let half = logarithmic || from == to ? 0 : 0.5
      return Self.position(value.number ?? Double(from), Double(from) - half, Double(to) + half, logarithmic)
    case .choice(let options):
      return (Double(options.firstIndex(of: value) ?? 0) + 0.5) / Double(options.count)
    }
  }

  /// Whether the value is one the domain holds.
  package func contains(_ value: Setting) -> Bool {
    switch (domain, value) {
    case (.number(let from, let to, _), .number(let x)): from <= x && x <= to
    case (.integer(let from, let to, _), .integer(let x)): from <= x && x <= to
    case (.choice(let options), _): options.contains(value)
    default: false
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

  /// The domain as a study writes it.
  package var domainText: String {
    switch domain {
    case .number(let from, let to, let isLog):
      "\(numberLabel(from)) .. \(numberLabel(to))\(isLog ? " log" : "")"
    case .integer(let from, let to, let isLog): "\(from) .. \(to) int\(isLog ? " log" : "")"
    case .choice(let options): "[\(options.map(\.label).joined(separator: ", "))]"
    }
  }

  private static func interpolate(_ t: Double, _ from: Double, _ to: Double, _ logarithmic: Bool) -> Double {
    if t <= 0 { return from }
    if t >= 1 { return to }
    guard logarithmic else { return from + (to - from) * t }
    let ratio = to / from
    return ratio.isFinite ? from * power(ratio, t) : power(from, 1 - t) * power(to, t)
  }

  private static func position(_ x: Double, _ from: Double, _ to: Double, _ logarithmic: Bool) -> Double {
    guard from < to else { return 0.5 }
    if !logarithmic {
      let position = (x - from) / (to - from)
      return position.isFinite ? min(1, max(0, position)) : 0.5
    }
    let width = naturalLogarithm(to) - naturalLogarithm(from)
    return min(1, max(0, (naturalLogarithm(max(from, x)) - naturalLogarithm(from)) / width))
  }
}
