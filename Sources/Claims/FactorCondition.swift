import Diagnostics
import Experiments

/// A condition on the factors of an experiment: `model = linear and tune.trials = 64`.
///
/// Decides which cells `except` drops and on which cells `tune.where` searches.
package struct FactorCondition: Sendable {
  private let condition: SettingCondition

  /// The condition, or nil with its mistakes in the log.
  ///
  /// - Parameters:
  ///   - factors: the experiment's factors with the labels of their levels.
  ///   - isRestricted: whether a profile may have dropped levels, so that the condition may name others; they were
  ///     checked in the full document.
  package static func parse(
    _ text: String, at span: SourceSpan, factors: [(name: String, levels: [String])],
    isRestricted: Bool = false, log: inout DiagnosticLog
  ) -> FactorCondition? {
    parseCondition(
      text, at: span, columns: factors.map { ($0.name, $0.levels) }, named: ("factor", "this experiment"),
      isChecked: !isRestricted, log: &log
    ).map { FactorCondition(condition: $0) }
  }

  /// Whether a cell with those levels meets the condition.
  package func holds(_ levels: [(name: String, level: Setting)]) -> Bool {
    condition.holds { name in levels.first { $0.name == name }?.level }
  }
}
