/// A row as fractions of the axes, 0 at the start and 1 at the end; nil where a number is missing or not
/// drawable. Fields are kept small, since there may be a million rows.
package struct PlacedRow: Sendable {
  /// Along the position axis.
  @OptionalNumber var position: Double?
  /// Along the value axis.
  @OptionalNumber var value: Double?
  /// Ends of the interval, both or neither; cut to the axis.
  @OptionalNumber var lower: Double?
  @OptionalNumber var upper: Double?
  /// Ends of the extent along the position axis, both or neither; cut to the axis.
  @OptionalNumber var start: Double?
  @OptionalNumber var end: Double?
  /// Factor of a point's ordinary extent.
  @OptionalNumber var scale: Double?
  /// Class of its shade.
  @OptionalPlace var shade: Int?
  /// Places among the chart's series, shapes, details, columns and rows of panels; nil for none.
  @OptionalPlace var series: Int?
  @OptionalPlace var shape: Int?
  @OptionalPlace var detail: Int?
  @OptionalPlace var facet: Int?
  @OptionalPlace var row: Int?
  /// Whether `lower` and `upper` are where the axis ends rather than the interval.
  var isLowerCut = false
  var isUpperCut = false
  /// The mark has all numbers it needs.
  var isDrawn = false
  /// The row's own words.
  var label = ""
}

/// A number or nil in eight bytes: NaN stands for nil.
@propertyWrapper
struct OptionalNumber: Sendable {
  private var stored = Double.nan

  var wrappedValue: Double? {
    get { stored.isNaN ? nil : stored }
    set { stored = newValue ?? .nan }
  }
}

/// A place in a list or nil in four bytes: −1 stands for nil.
@propertyWrapper
struct OptionalPlace: Sendable {
  private var stored: Int32 = -1

  var wrappedValue: Int? {
    get { stored < 0 ? nil : Int(stored) }
    set { stored = newValue.map(Int32.init) ?? -1 }
  }
}
