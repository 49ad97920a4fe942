import Diagnostics
import Markup

/// What an experiment says by saying nothing (protocol rule 1): read like the author's own words, so that a profile can
/// restrict it too.
enum SilentDefaults {
  private static let texts = [
    "evaluate.seeds": "1000 .. 1009", "evaluate.studies": "1000 .. 1002", "tune.repeats": "3",
    "tune.seeds": "0 .. 4",
  ]

  /// The default under a path such as `tune.seeds`, placed where it is asked for; nil where silence says nothing.
  static func node(_ path: String, at span: SourceSpan) -> YAMLNode? {
    texts[path].map { .scalar(YAMLScalar(text: $0, span: span, isQuoted: false)) }
  }
}
