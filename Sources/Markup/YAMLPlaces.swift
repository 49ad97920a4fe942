import Diagnostics

/// Maps libyaml's marks, which count scalars from a text's start, to the author's file.
struct YAMLPlaces {
  let text: FencedText
  let scalars: [Unicode.Scalar]
  /// The index at which each line starts; one more for the end.
  private let lineStarts: [Int]

  init(_ text: FencedText) {
    self.text = text
    scalars = Array(text.text.unicodeScalars)
    var starts = [0]
    for line in text.lines { starts.append(starts[starts.count - 1] + line.unicodeScalars.count + 1) }
    lineStarts = starts
  }

  func position(_ index: Int) -> SourcePosition {
    let line = line(of: index)
    return text.position(line: line, column: index - lineStarts[line])
  }

  func span(_ start: Int, _ end: Int) -> SourceSpan {
    SourceSpan(text.source, from: position(start), to: position(max(start, end)))
  }

  /// From a place to the end of its line.
  func restOfLine(_ index: Int) -> SourceSpan {
    let next = scalars[min(index, scalars.count)...].firstIndex(of: "\n") ?? scalars.count
    return span(index, next)
  }

  /// From a place to the next white space or bracket.
  func word(at index: Int) -> SourceSpan {
    let stops: [Unicode.Scalar] = [" ", "\t", "\n", ",", "]", "}"]
    let rest = scalars[min(index, scalars.count)...]
    return span(index, rest.firstIndex(where: stops.contains) ?? scalars.count)
  }

  /// The body line, from 0, that holds an index.
  func line(of index: Int) -> Int {
    var (low, high) = (0, lineStarts.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if lineStarts[middle] > index { high = middle - 1 } else { low = middle }
    }
    return low
  }

  /// The part of an index's line that stands before it.
  func beforeInLine(_ index: Int) -> ArraySlice<Unicode.Scalar> {
    scalars[lineStarts[line(of: index)]..<min(index, scalars.count)]
  }

  /// The end of what is written between two indices, without white space behind it.
  func trimmedEnd(_ start: Int, _ end: Int) -> Int {
    var end = min(end, scalars.count)
    while end > start, [" ", "\t", "\r", "\n"].contains(scalars[end - 1]) { end -= 1 }
    return end
  }
}
