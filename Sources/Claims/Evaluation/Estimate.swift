import Statistics

/// A value computed from results, with its uncertainty and what it rests on.
package struct Estimate: Sendable {
  /// Where the true value lies at a stated level; ends may be infinite where levels are few.
  package struct Interval: Hashable, Sendable {
    package let lower: Double
    package let upper: Double
    /// Such as 0.95.
    package let level: Double
  }

  /// NaN where undefined.
  package let value: Double
  /// Nil where nothing was resampled or resampling cannot say.
  package let interval: Interval?
  package let standardError: Double?
  /// How the interval came about; nil without one.
  package let method: SamplingDistribution.Method?
  /// Rows with a value, each once however often the expression reads it.
  package let rows: Int
  /// Distinct levels by resampled unit, nested ones within their parent, in the order of the units asked for.
  package let levels: [(unit: String, count: Int)]
  package let flags: [Flag]
  /// What it was computed from, one a column that the expression reads, in the order of the text.
  package let readings: [Reading]

  /// What a reader must know of an estimate beside its value.
  package enum Flag: Hashable, Sendable {
    /// A table was made by a protocol that tunes on what it evaluates.
    case leaky(table: String)
    /// A table holds runs made elsewhere.
    case external(table: String)
    /// The value does not exist, and why.
    case undefined(String)
    /// Rows without a value, diverged trials among them, of all that met the conditions.
    case missing(count: Int, of: Int)
    case noRows
    /// A unit has only one level, so the interval says nothing of how results vary with it.
    case singleLevel(unit: String)
    /// Too few levels for the interval to be trusted.
    case fewLevels(unit: String, count: Int)
    /// Levels on one side of a comparison only.
    case unmatchedLevels(unit: String, count: Int)
    /// Keys of a two-sample function or of arithmetic that had no partner and were left out.
    case unmatchedKeys(count: Int)
    /// Keys of a series whose value does not exist, such as the logarithm of 0, and that were left out.
    case undefinedKeys(count: Int)
    /// Every level gives the same value.
    case noVariation
    /// An extreme of what varies, for which no interval holds.
    case extreme

    /// In words, for a mark beside the value.
    package var text: String {
      switch self {
      case .leaky(let table): "leaky: '\(table)' was tuned on what it is evaluated on"
      case .external(let table): "external: '\(table)' was run elsewhere"
      case .undefined(let why): "undefined: \(why)"
      case .missing(let count, let total): "\(count) of \(counted(total, "row")) without a value"
      case .noRows: "no rows"
      case .singleLevel(let unit): "single \(unit)"
      case .fewLevels(let unit, let count): "interval unreliable: \(counted(count, unit))"
      case .unmatchedLevels(let unit, let count): "\(counted(count, unit)) on one side only"
      case .unmatchedKeys(let count): "\(counted(count, "key")) without a partner left out"
      case .undefinedKeys(let count): "\(counted(count, "key")) without a value left out"
      case .noVariation: "no variation between levels"
      case .extreme: "no interval: an extreme of what varies"
      }
    }
  }

  /// What the value rests on: `n = 150, 5 folds × 3 searches × 10 seeds`.
  package var evidence: String {
    let units = levels.map { counted($0.count, $0.unit) }.joined(separator: " × ")
    return "n = \(grouped(rows))" + (units.isEmpty ? "" : ", \(units)")
  }

  package var isLeaky: Bool { flags.contains { if case .leaky = $0 { true } else { false } } }

  /// Whether resampling had too few levels of a unit to trust its interval.
  package var isUnreliable: Bool {
    flags.contains {
      switch $0 {
      case .fewLevels, .singleLevel: true
      default: false
      }
    }
  }
}

/// One column that an expression read, and the rows of it that it rests on.
package struct Reading: Sendable {
  package let table: String
  package let column: String
  /// Rows of the table that have a value, ascending, and their values.
  package let rows: [Int]
  package let values: [Double]
  /// Rows that met the condition and have none, such as diverged trials, ascending.
  package let missing: [Int]

  /// Mean and, of two and more, standard deviation of the rows.
  package var moments: Moments { Moments(WeightedSample(values)) }
}

/// `1 seed`, `5 folds`, `3 searches`.
func counted(_ count: Int, _ noun: String) -> String {
  guard count != 1 else { return "1 \(noun)" }
  let takesES = ["ch", "sh", "s", "x", "z"].contains { noun.hasSuffix($0) }
  return "\(grouped(count)) \(noun)\(takesES ? "es" : "s")"
}

/// A whole number with a comma at each thousand: `12,345`.
package func grouped(_ count: Int) -> String {
  var digits = Array(String(abs(count)))
  var place = digits.count - 3
  while place > 0 {
    digits.insert(",", at: place)
    place -= 3
  }
  return (count < 0 ? "−" : "") + String(digits)
}
