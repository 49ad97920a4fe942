extension [PlacedRow] {
  /// The rows in order of position, split where `place` gives nil.
  ///
  /// - Parameter sorted: false keeps the order of the rows.
  func runs<Place>(sorted: Bool = true, _ place: (PlacedRow) -> Place?) -> [[Place]] {
    var runs: [[Place]] = [[]]
    for row in sorted ? inOrder : self {
      guard row.position != nil else { continue }
      if let place = place(row) {
        runs[runs.count - 1].append(place)
      } else if runs[runs.count - 1].isEmpty == false {
        runs.append([])
      }
    }
    return runs.filter { !$0.isEmpty }
  }

  /// By position, rows of one position as they come; rows without one are left out.
  private var inOrder: [PlacedRow] {
    let isOrdered = zip(self, dropFirst()).allSatisfy { ($0.position ?? 0) <= ($1.position ?? 0) }
    if isOrdered { return self }
    return filter { $0.position != nil }.enumerated()
      .sorted { ($0.element.position ?? 0, $0.offset) < ($1.element.position ?? 0, $1.offset) }
      .map(\.element)
  }

  /// Rows of one detail together, in the order in which details come.
  var byDetail: [[PlacedRow]] {
    guard contains(where: { $0.detail != nil }) else { return [self] }
    return Dictionary(grouping: self, by: { $0.detail ?? -1 }).sorted { $0.key < $1.key }.map(\.value)
  }

  /// Rows of one shade together, the faintest first; all of them where there are no shades.
  var byShade: [(level: Int?, rows: [PlacedRow])] {
    guard contains(where: { $0.shade != nil }) else { return [(nil, self)] }
    return Dictionary(grouping: self, by: { $0.shade ?? -1 }).sorted { $0.key < $1.key }
      .map { ($0.key < 0 ? nil : $0.key, $0.value) }
  }
}

extension Canvas {
  /// Draws in a shade's colour, or in the surrounding one where there is no shade.
  mutating func shaded(_ level: Int?, _ content: (inout Canvas) -> Void) {
    guard let level else { return content(&self) }
    group(ShadePalette.className(level), content)
  }
}
