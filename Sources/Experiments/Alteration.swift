/// What a step of a subset path does to the features of its rows, at a strength between 0 and 1: inputs that are worse than
/// what a model learned from, or nothing like it.
///
/// `digits/part 5 of 5/noise 30%` has the rows of `digits/part 5 of 5`, altered. Whether another role has seen a row is
/// decided by the row as it was.
package enum Alteration: String, Sendable, CaseIterable {
  /// Gaussian noise is added whose deviation is that share of the data set's range.
  case noise
  /// That share of each value is replaced by the mean over its neighbours in a square image, itself included.
  case blur
  /// Each row is drawn towards its mean by that share.
  case fade
  /// Each value is replaced with that probability by one drawn evenly from the data set's range: at 100 % nothing but noise.
  case scramble

  /// Goes into the identity of altered rows: raised when an alteration gives other numbers than before.
  package static let revision = 1
}
