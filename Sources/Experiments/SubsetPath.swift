/// A subset as a study writes it: `digits/classes 0-4/part 1+3-5 of 5`, or without a name, relative to a
/// base.
package struct SubsetPath: Hashable, Sendable {
  /// The data set's name; nil where the path begins with a step.
  package let set: String?
  package let steps: [SubsetStep]

  package init(set: String?, steps: [SubsetStep]) {
    self.set = set
    self.steps = steps
  }

  /// The path as `parse` reads it back.
  package var text: String { ((set.map { [$0] } ?? []) + steps.map(\.text)).joined(separator: "/") }

  /// Reads a path; the whole text must be one.
  package static func parse(_ text: String) throws(SubsetPathError) -> SubsetPath {
    var set: String?
    var steps: [SubsetStep] = []
    let components = Array(text.unicodeScalars).split(separator: "/", omittingEmptySubsequences: false)
    for (i, component) in components.enumerated() {
      var reader = StepReader(component)
      if let step = try reader.step() {
        steps.append(step)
      } else if i == 0 {
        set = try reader.name()
      } else {
        throw reader.error(
          "'\(reader.text)' is not a step of a subset",
          fix: "write a step such as 'part 1-4 of 5', 'classes 0-4' or 'rows 0-99'")
      }
    }
    return SubsetPath(set: set, steps: steps)
  }
}

/// Why a text is not a subset path, and which scalars of it are at fault.
package struct SubsetPathError: Error, Hashable, Sendable {
  package let message: String
  package let fix: String?
  /// Scalars before the fault.
  package let offset: Int
  /// Scalars the fault is long; at least 1.
  package let length: Int
}

/// Reads one component of a path.
private struct StepReader {
  typealias Scalars = ArraySlice<Unicode.Scalar>

  let text: String
  private let whole: Scalars
  private let words: [Scalars]

  init(_ component: Scalars) {
    words = component.split { $0 == " " || $0 == "\t" }
    whole = words.isEmpty ? component : component[words[0].startIndex..<words[words.count - 1].endIndex]
    text = Self.string(whole)
  }

  /// The name of a data set.
  func name() throws(SubsetPathError) -> String {
    guard !words.isEmpty else {
      throw error(
        "a data set's name or a step is missing", fix: "write a subset such as 'digits/part 1-4 of 5'")
    }
    guard words.count == 1 else {
      throw error(
        "'\(text)' is neither a data set nor a step",
        fix: "write a name such as 'digits', or a step such as 'part 1-4 of 5', 'classes 0-4' or 'rows 0-99'")
    }
    return text
  }

  /// The step, or nil where the component does not begin like one.
  mutating func step() throws(SubsetPathError) -> SubsetStep? {
    guard let keyword = words.first.map(Self.string) else { return nil }
    switch keyword {
    case "classes", "rows":
      guard words.count == 2 else {
        throw error("'\(text)' is not a range of \(keyword)", fix: "write it as '\(keyword) 0-4'")
      }
      let range = try range(words[1], keyword, limit: Int(Int32.max) - 1, example: "0-4")
      return keyword == "rows" ? .rows(range) : .classes(range)
    case "part":
      guard words.count == 4, Self.string(words[2]) == "of" else {
        throw error("'\(text)' does not say which parts of how many", fix: "write it as 'part 1-4 of 5'")
      }
      let count = try number(words[3], limit: 1000, fix: "write a number of parts from 1 to 1000")
      guard count >= 1 else {
        throw error(
          "there is no partition into 0 parts", at: words[3], fix: "write a number of parts from 1 to 1000")
      }
      return .parts(try parts(words[1], of: count), of: count)
    case let name where words.count == 2 && Alteration(rawValue: name) != nil:
      let fix = "write a strength from 0% to 100%, such as '\(name) 30%'"
      guard words[1].last == "%" else {
        throw error("'\(text)' does not say how much in percent", fix: fix)
      }
      let percent = try number(words[1].dropLast(), limit: 100, fix: fix)
      return .altered(Alteration(rawValue: name)!, percent: percent)
    default: return nil
    }
  }

  private func parts(_ list: Scalars, of count: Int) throws(SubsetPathError) -> [Int] {
    var parts: [Int] = []
    var isAscending = true
    for item in list.split(separator: "+", omittingEmptySubsequences: false) {
      let range = try range(item, "parts", limit: Int(Int32.max) - 1, example: "1-3")
      guard range.lowerBound >= 1, range.upperBound <= count else {
        let missing = range.lowerBound < 1 ? range.lowerBound : range.upperBound
        throw error(
          "there is no part \(missing) of \(count)", at: item, fix: "parts are numbered 1 to \(count)")
      }
      if let last = parts.last, last >= range.lowerBound { isAscending = false }
      parts.append(contentsOf: range)
    }
    guard isAscending else {
      let sorted = Set(parts).sorted().map(String.init).joined(separator: "+")
      throw error(
        "the parts '\(Self.string(list))' do not ascend", at: list, fix: "write 'part \(sorted) of \(count)'")
    }
    return parts
  }

  /// `a-b`, or a single number.
  private func range(
    _ text: Scalars, _ what: String, limit: Int, example: String
  ) throws(SubsetPathError) -> ClosedRange<Int> {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count <= 2, !text.isEmpty else {
      throw error(
        "'\(Self.string(text))' is not a range of \(what)", at: text,
        fix: "write a range such as '\(example)'")
    }
    let from = try number(ends[0], in: text, limit: limit, fix: "write a range such as '\(example)'")
    guard ends.count == 2 else { return from...from }
    let to = try number(ends[1], in: text, limit: limit, fix: "write a range such as '\(example)'")
    guard from <= to else {
      throw error("the range '\(Self.string(text))' runs backwards", at: text, fix: "write '\(to)-\(from)'")
    }
    return from...to
  }

  private func number(
    _ text: Scalars, in context: Scalars? = nil, limit: Int, fix: String
  ) throws(SubsetPathError) -> Int {
    guard !text.isEmpty, text.allSatisfy({ ("0"..."9").contains($0) }) else {
      let place = context ?? text
      throw error(
        "'\(Self.string(place))' is not a whole number\(context == nil ? "" : " or a range")", at: place,
        fix: fix)
    }
    guard let value = Int(Self.string(text)), value <= limit else {
      throw error("\(Self.string(text)) is too large", at: text, fix: fix)
    }
    return value
  }

  func error(_ message: String, at place: Scalars? = nil, fix: String) -> SubsetPathError {
    let place = place ?? whole
    return SubsetPathError(message: message, fix: fix, offset: place.startIndex, length: max(1, place.count))
  }

  private static func string(_ scalars: Scalars) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
