/// Pictures within one page: what their style sheets share is printed once, in the page's own.
///
/// A picture's rules hold for the whole page, so the same rules again add nothing.
struct InlinePictures {
  /// The rules of all pictures so far, each sheet once.
  private(set) var style = ""
  private var sheets: Set<String> = []

  /// The picture without its style sheet.
  mutating func inlined(_ svg: String) -> String {
    guard let start = svg.firstRange(of: "<style>"), let end = svg.firstRange(of: "</style>"),
      start.upperBound <= end.lowerBound
    else { return svg }
    let sheet = svg[start.upperBound..<end.lowerBound]
    if sheets.insert(String(sheet)).inserted { style += "\n/* Pictures */" + sheet }
    let rest = svg[end.upperBound...]
    return String(svg[..<start.lowerBound] + (rest.first == "\n" ? rest.dropFirst() : rest))
  }
}
