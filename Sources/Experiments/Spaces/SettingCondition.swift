/// A condition on named settings: `model = svm and penalty > 10`. A setting that is not there meets no comparison.
package indirect enum SettingCondition: Hashable, Sendable {
  /// Whether the setting compares so with one of the operands at least.
  case comparison(name: String, relation: Relation, operands: [Operand])
  case and(SettingCondition, SettingCondition)
  case or(SettingCondition, SettingCondition)

  package enum Operand: Hashable, Sendable {
    /// Another setting, by name.
    case setting(String)
    /// What the author wrote, with its value where it is a number.
    case literal(String, Double?)
  }

  /// Numbers compare by value, all else by label (a part also by its name alone), which knows sameness only.
  package func holds(_ value: (String) -> Setting?) -> Bool {
    switch self {
    case .and(let a, let b): return a.holds(value) && b.holds(value)
    case .or(let a, let b): return a.holds(value) || b.holds(value)
    case .comparison(let name, let relation, let operands):
      guard let left = value(name) else { return false }
      return operands.contains { operand in
        let number: Double?
        let isSame: Bool
        switch operand {
        case .literal(let text, let value): (number, isSame) = (value, left.isCalled(text))
        case .setting(let other):
          guard let other = value(other) else { return false }
          (number, isSame) = (other.number, left == other)
        }
        if let a = left.number, let b = number { return relation.holds(a, b) }
        return relation == .equal ? isSame : relation == .notEqual && !isSame
      }
    }
  }

  /// The condition as an author writes it; `and` binds closer than `or`.
  package var text: String {
    switch self {
    case .and(let a, let b): return "\(a.text) and \(b.text)"
    case .or(let a, let b): return "\(a.text) or \(b.text)"
    case .comparison(let name, let relation, let operands):
      let texts = operands.map { operand in
        switch operand {
        case .setting(let name): "column(\(name))"
        case .literal(let text, _): text
        }
      }
      return texts.count == 1
        ? "\(name) \(relation.rawValue) \(texts[0])" : "\(name) in [\(texts.joined(separator: ", "))]"
    }
  }
}

extension Setting {
  fileprivate func isCalled(_ text: String) -> Bool {
    if case .part(text, _) = self { true } else { label == text }
  }
}
