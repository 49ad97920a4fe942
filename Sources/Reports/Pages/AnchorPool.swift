/// Hands out the ids of a page, each once.
struct AnchorPool {
  private var taken: Set<String> = []

  /// The id for a text: the text in lower case with `-` for spaces and without punctuation, as code hosts
  /// name headings; followed by `-1`, `-2` … where it is taken.
  mutating func anchor(for text: String) -> String {
    var slug = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      if scalar == " " {
        slug.append("-")
      } else if scalar == "-" || scalar == "_" || scalar.properties.isAlphabetic
        || scalar.properties.numericType != nil
      {
        slug.append(scalar)
      }
    }
    let base = slug.isEmpty ? "section" : String(slug)
    var candidate = base
    var count = 0
    while !taken.insert(candidate).inserted {
      count += 1
      candidate = "\(base)-\(count)"
    }
    return candidate
  }

  func contains(_ anchor: String) -> Bool { taken.contains(anchor) }
}
