extension ChartForm {
  /// How much each of several things matters.
  static let importanceBars = ChartForm(
    "importance-bars", "a bar with its interval for each category of y, the longest on top", needs: [.x, .y],
    takes: [.color], isBanded: true
  ) { input, chart in
    var longest: [ChartValue: Double] = [:]
    var names = NameList()
    for row in input.rows {
      guard let name = row.y, let number = row.x?.number, number.isDrawable else { continue }
      if case .category(let text) = name { _ = names.place(of: text) }
      longest[name] = max(longest[name] ?? -.infinity, number)
    }
    func length(_ name: String) -> Double { longest[.category(name)] ?? -.infinity }
    let order = names.names.enumerated().sorted {
      let (a, b) = (length($0.element), length($1.element))
      return a == b ? $0.offset < $1.offset : a > b
    }
    if chart.y.scale.isCategory { chart.y.scale = .category(order: order.map(\.element)) }
    chart.layers.append(ChartLayer(.bar, input.rows))
    if input.showsIntervals { chart.layers.append(ChartLayer(.errorBar, input.rows)) }
    let colors = max(Set(input.rows.map(\.series)).count, 1)
    chart.height = max(Double(longest.count) * (colors > 1 ? 18 * Double(min(colors, 4)) + 8 : 32), 90)
  }
}
