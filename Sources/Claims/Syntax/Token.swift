/// The smallest piece of an expression.
struct Token: Equatable {
  enum Kind: Equatable {
    /// A word of letters, digits, hyphens and dots, such as `honest.tune.trials` or `1-nn`.
    case word(String)
    /// A number without sign.
    case number(Double)
    /// Text in quotes, without them.
    case quoted(String)
    /// An operator, a bracket or a comma.
    case mark(String)
    case end
  }

  let kind: Kind
  /// As the author wrote it; empty at the end.
  let text: String
  /// Scalars from the start of the expression.
  let range: Range<Int>
}
