/// Settings that change in the course of a run, as a population that was trained left them.
///
/// As text: stretches separated by `;`, each the step it ends at, then pairs of a setting's path and its value:
/// `5000 agent.learning-rate 0.01 agent.entropy 0.1; 10000 agent.learning-rate 0.012 agent.entropy 0.1`. The last one holds
/// to the end of the run.
package struct SettingSchedule: Sendable {
  /// The step each stretch ends at, ascending, and the procedure's settings in it; at least one.
  package let stretches: [(end: Int, settings: Settings)]

  /// - Parameters:
  ///   - text: empty for one stretch of the settings as they are.
  ///   - base: the procedure's complete settings, which say each value's kind.
  /// - Throws: `SettingScheduleError`.
  package init(_ text: String, over base: Settings) throws {
    var stretches: [(end: Int, settings: Settings)] = []
    for part in text.split(separator: ";") {
      let words = part.split(separator: " ").map(String.init)
      guard words.count % 2 == 1, let end = Int(words[0]), end > stretches.last?.end ?? 0 else {
        throw SettingScheduleError(
          reason:
            "'\(part)' is not an ascending step with pairs of a path and a value")
      }
      var settings = base
      for k in stride(from: 1, to: words.count, by: 2) {
        let path = words[k].split(separator: ".").map(String.init)
        guard let present = base[path: path], let value = Self.value(words[k + 1], like: present) else {
          throw SettingScheduleError(reason: "'\(words[k]) \(words[k + 1])' sets no setting of the procedure")
        }
        settings[path: path] = value
      }
      stretches.append((end, settings))
    }
    self.stretches = stretches.isEmpty ? [(.max, base)] : stretches
  }

  /// The text of values that hold until given steps.
  package static func text(_ stretches: [(end: Int, values: [(path: [String], value: Setting)])]) -> String {
    stretches.map { stretch in
      ([String(stretch.end)]
        + stretch.values.flatMap { [$0.path.joined(separator: "."), $0.value.label] }).joined(separator: " ")
    }.joined(separator: "; ")
  }

  private static func value(_ text: String, like present: Setting) -> Setting? {
    switch present {
    case .flag: Bool(text).map { .flag($0) }
    case .integer: Int(text).map { .integer($0) }
    case .number: Double(text).map { .number($0) }
    case .text: .text(text)
    case .list, .part: nil
    }
  }
}

/// Why a text that is to change settings in the course of a run cannot be followed.
package struct SettingScheduleError: Error, CustomStringConvertible {
  let reason: String

  package var description: String { "the schedule cannot be followed: \(reason)" }
}
