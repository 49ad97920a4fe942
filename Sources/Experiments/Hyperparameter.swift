/// One declared setting of a part: the source of YAML checking, suggestions, defaults and the reference page.
package struct Hyperparameter: Sendable {
  package enum Kind: Sendable {
    case flag
    case integer(ClosedRange<Int>)
    /// A number; the bounds are allowed values unless `open` ones are named in the meaning.
    case number(ClosedRange<Double>)
    case choice([String])
    case text
    /// A registered part of that family.
    case part(PartFamily)
  }

  package let name: String
  package let kind: Kind
  /// The value where a study is silent; nil makes the setting required.
  package let defaultValue: Setting?
  /// The default is left out of a trial's settings: for one that joined a part later, so that trials of before, which did not
  /// have it, keep their keys.
  package let isNamedOnlyWhereOther: Bool
  /// One line for the reference page, with the unit.
  package let meaning: String

  package init(
    _ name: String, _ kind: Kind, default defaultValue: Setting?, isNamedOnlyWhereOther: Bool = false,
    _ meaning: String
  ) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.isNamedOnlyWhereOther = isNamedOnlyWhereOther
    self.meaning = meaning
  }
}

/// The families of registered parts.
package enum PartFamily: String, CaseIterable, Sendable {
  case agent, calibrator
  case continualLearner = "continual-learner"
  case dataset, environment, measure, model, optimizer, procedure, schedule, tuner
}
