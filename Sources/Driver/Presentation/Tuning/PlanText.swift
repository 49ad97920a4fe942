/// What a plan says in several places, as people read it.
enum PlanText {
  /// A range where seeds are consecutive.
  static func seeds(_ seeds: [Int]) -> String {
    guard seeds.count > 2, zip(seeds, seeds.dropFirst()).allSatisfy({ $1 == $0 + 1 }) else {
      return seeds.map(String.init).joined(separator: ", ")
    }
    return "\(seeds[0]) .. \(seeds[seeds.count - 1])"
  }

  /// Each text once, in the order in which they come.
  static func distinct(_ texts: [String]) -> String {
    var seen: [String] = []
    for text in texts where !seen.contains(text) { seen.append(text) }
    return seen.joined(separator: "; ")
  }
}
