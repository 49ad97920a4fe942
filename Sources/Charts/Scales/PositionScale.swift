/// Turns values into fractions of an axis, 0 at its start and 1 at its end.
protocol PositionScale: Sendable {
  /// Where the value lies, or why it cannot be drawn.
  func place(_ value: ChartValue) -> Placement
  /// Where an interval's end lies, cut to the axis; nil for NaN.
  func place(bound: Double) -> (fraction: Double, isCut: Bool)?
  /// At most `count` labelled ticks in ascending order; possibly none.
  func ticks(atMost count: Int) -> [Tick]
  /// Unlabelled ticks between them.
  var minorTicks: [Double] { get }
  /// Where bars start.
  var baseline: Double { get }
}

extension PositionScale {
  var minorTicks: [Double] { [] }
}

/// What became of a value.
enum Placement: Hashable {
  /// A fraction of the axis.
  case at(Double)
  /// Reasons to leave the row out.
  case notFinite, notPositive, outside
}

/// A labelled place on an axis.
package struct Tick: Hashable, Sendable {
  /// 0 at the axis's start, 1 at its end.
  package var fraction: Double
  /// As it stands in the picture, if there is room.
  package var label: String
}
