/// How many rows a chart could not draw, or not whole, by reason; a row in several layers counts once.
package struct OmittedData: Hashable, Sendable {
  /// A value is missing, NaN, infinite, beyond 1e300, or words on an axis of numbers.
  package var notFinite = 0
  /// Zero or less on a log scale.
  package var notPositive = 0
  /// Outside the domain the author gave the axis.
  package var outsideDomain = 0
  /// Interval rows without both ends.
  package var withoutInterval = 0
  /// Intervals drawn only as far as the axis goes.
  package var cutIntervals = 0

  /// Nothing was left out.
  package var isEmpty: Bool { self == OmittedData() }

  /// One sentence for the reader; nil where nothing was left out.
  package var note: String? {
    var parts: [String] = []
    func add(_ count: Int, _ one: String, _ many: String) {
      if count > 0 { parts.append(count == 1 ? "1 \(one)" : "\(count) \(many)") }
    }
    add(notFinite, "row without a finite value", "rows without a finite value")
    add(notPositive, "row at or below zero on a log axis", "rows at or below zero on a log axis")
    add(outsideDomain, "row outside the axis range", "rows outside the axis range")
    add(withoutInterval, "row without an interval", "rows without an interval")
    let left = parts.isEmpty ? nil : "Not drawn: " + parts.joined(separator: ", ") + "."
    parts = []
    add(cutIntervals, "interval reaches", "intervals reach")
    let cut = parts.first.map { $0 + " beyond the axis." }
    let sentences = [left, cut].compactMap { $0 }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }
}
