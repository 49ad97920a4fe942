/// The classes that occur in a target column, in order: by number where all are numbers, else by their UTF-8
/// bytes.
func classNames(_ texts: [String]) -> [String] {
  let names = Set(texts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  let numbers = names.map { Array($0.utf8).withUnsafeBufferPointer { decimal($0) } }
  guard numbers.allSatisfy({ $0 != nil }) else { return names }
  // The sort is by number, then by text: `1` comes before `1.0`.
  return zip(names, numbers).enumerated().sorted {
    ($0.element.1!, $0.offset) < ($1.element.1!, $1.offset)
  }.map(\.element.0)
}
