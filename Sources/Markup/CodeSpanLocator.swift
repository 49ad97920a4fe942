/// Finds the code spans of a block in its source, one after the other.
///
/// libcmark tells the text of a code span but not reliably its column, so the spans are found anew: runs of
/// backticks of equal length, in order, whose content is the text that libcmark gives (CommonMark 0.30,
/// section 6.1).
struct CodeSpanLocator {
  /// A code span's place as indices of the text.
  struct Place {
    /// Backticks included.
    let whole: Range<Int>
    /// What counts as the span's text: between the backticks, without the one space that may pad it.
    let content: Range<Int>
  }

  private let scalars: [Unicode.Scalar]
  /// All runs of backticks, as long as they can be.
  private let runs: [Range<Int>]
  /// For each length of run the positions in `runs` that have it, ascending.
  private let ofLength: [Int: [Int]]
  /// The first run not yet used.
  private var next = 0

  init(_ text: PlacedText) {
    scalars = text.scalars
    var runs: [Range<Int>] = []
    var index = 0
    while index < scalars.count {
      var end = index
      while end < scalars.count, scalars[end] == "`" { end += 1 }
      if end > index { runs.append(index..<end) }
      index = max(end, index + 1)
    }
    self.runs = runs
    ofLength = Dictionary(grouping: runs.indices) { runs[$0].count }
  }

  /// The next code span with that text, or nil where there is none.
  mutating func find(_ literal: String) -> Place? {
    let wanted = Array(literal.unicodeScalars)
    while next < runs.count {
      let opening = opener(runs[next])
      guard !opening.isEmpty, let closing = firstRun(ofLength: opening.count, after: next) else {
        next += 1
        continue
      }
      let content = unpadded(opening.upperBound..<runs[closing].lowerBound, wanted.count)
      if content.count == wanted.count, zip(content, wanted).allSatisfy({ text(at: $0) == $1 }) {
        next = closing + 1
        return Place(whole: opening.lowerBound..<runs[closing].upperBound, content: content)
      }
      next += 1
    }
    return nil
  }

  /// The run without its first backtick where a backslash escapes that.
  private func opener(_ run: Range<Int>) -> Range<Int> {
    var slashes = 0
    while run.lowerBound - slashes > 0, scalars[run.lowerBound - slashes - 1] == "\\" { slashes += 1 }
    return slashes % 2 == 1 ? run.dropFirst() : run
  }

  private func firstRun(ofLength length: Int, after run: Int) -> Int? {
    guard let candidates = ofLength[length] else { return nil }
    var (low, high) = (0, candidates.count)
    while low < high {
      let middle = (low + high) / 2
      if candidates[middle] > run { high = middle } else { low = middle + 1 }
    }
    return low < candidates.count ? candidates[low] : nil
  }

  /// One space at each end does not count, unless all is space.
  private func unpadded(_ range: Range<Int>, _ wanted: Int) -> Range<Int> {
    guard range.count == wanted + 2, text(at: range.lowerBound) == " ", text(at: range.upperBound - 1) == " "
    else {
      return range
    }
    return range.dropFirst().dropLast()
  }

  private func text(at index: Int) -> Unicode.Scalar {
    scalars[index] == "\n" ? " " : scalars[index]
  }
}
