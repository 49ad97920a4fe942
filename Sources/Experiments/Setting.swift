/// A typed value of a hyperparameter or of any other declared setting.
package indirect enum Setting: Hashable, Sendable {
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([Setting])
  /// A registered part and its own settings, such as `mlp: {width: 64}`.
  case part(String, Settings)

  /// The value as a number, where it is one.
  package var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The text that names this value as a level, in tables and in predicates.
  package var label: String {
    switch self {
    case .flag(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): numberLabel(value)
    case .text(let value): value
    case .list(let values): values.map(\.label).joined(separator: ", ")
    case .part(let name, let settings):
      settings.isEmpty
        ? name : "\(name) (\(settings.pairs.map { "\($0.name) \($0.value.label)" }.joined(separator: ", ")))"
    }
  }
}

/// A number without a trailing `.0`, shortest form that reads back the same.
package func numberLabel(_ value: Double) -> String {
  if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
  return String(value)
}

/// Named settings, always in the order of their names.
package struct Settings: Hashable, Sendable {
  package private(set) var pairs: [(name: String, value: Setting)] = []

  package init() {}

  package init(_ values: [String: Setting]) {
    pairs = values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  package var isEmpty: Bool { pairs.isEmpty }
  package var names: [String] { pairs.map(\.name) }

  package subscript(name: String) -> Setting? {
    get { pairs.first { $0.name == name }?.value }
    set {
      pairs.removeAll { $0.name == name }
      guard let newValue else { return }
      let place = pairs.firstIndex { $0.name > name } ?? pairs.endIndex
      pairs.insert((name, newValue), at: place)
    }
  }

  /// The value at a path such as `["model", "width"]`, through parts' own settings.
  package subscript(path path: some Collection<String>) -> Setting? {
    get {
      guard let head = path.first, let value = self[head] else { return nil }
      let rest = path.dropFirst()
      if rest.isEmpty { return value }
      guard case .part(_, let inner) = value else { return nil }
      return inner[path: rest]
    }
    set {
      guard let head = path.first else { return }
      let rest = path.dropFirst()
      if rest.isEmpty {
        self[head] = newValue
      } else if case .part(let name, var inner)? = self[head] {
        inner[path: rest] = newValue
        self[head] = .part(name, inner)
      }
    }
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.pairs.count == b.pairs.count
      && zip(a.pairs, b.pairs).allSatisfy { $0.name == $1.name && $0.value == $1.value }
  }

  package func hash(into hasher: inout Hasher) {
    for pair in pairs {
      hasher.combine(pair.name)
      hasher.combine(pair.value)
    }
  }

  // Typed access for parts: the settings were checked and completed against their declaration, so a wrong name or
  // type here is a mistake in the part, not in a study.

  package func integer(_ name: String) -> Int {
    guard case .integer(let value)? = self[name] else { preconditionFailure("no integer setting '\(name)'") }
    return value
  }

  package func number(_ name: String) -> Double {
    guard let value = self[name]?.number else { preconditionFailure("no numeric setting '\(name)'") }
    return value
  }

  package func flag(_ name: String) -> Bool {
    guard case .flag(let value)? = self[name] else {
      preconditionFailure("no true-or-false setting '\(name)'")
    }
    return value
  }

  package func text(_ name: String) -> String {
    guard case .text(let value)? = self[name] else { preconditionFailure("no text setting '\(name)'") }
    return value
  }

  package func part(_ name: String) -> (name: String, settings: Settings) {
    guard case .part(let part, let settings)? = self[name] else {
      preconditionFailure("no part setting '\(name)'")
    }
    return (part, settings)
  }
}
