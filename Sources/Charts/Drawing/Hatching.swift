/// Patterns of background-coloured lines over filled areas.
enum Hatching {
  /// How many there are besides plain colour.
  static let count = 5

  /// The `<pattern>` element of hatching `number`, 1 … `count`.
  static func element(_ number: Int, id: String) -> String {
    let lines = [
      "M-2 2L2-2M0 8L8 0M6 10L10 6", "M-2 6L2 10M0 0L8 8M6-2L10 2", "M0 4H8", "M4 0V8", "M0 4H8M4 0V8",
    ]
    return "<pattern id=\"\(id)-h\(number)\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
      + "<path d=\"\(lines[number - 1])\" class=\"hatch\"/></pattern>"
  }
}
