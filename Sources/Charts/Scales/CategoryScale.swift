/// A band for each category, in order.
struct CategoryScale: PositionScale {
  /// Distinct, in the order of their bands.
  let categories: [String]
  private let indices: [String: Int]

  /// - Parameters:
  ///   - values: the data, which may repeat; numbers become their text.
  ///   - order: categories that come first, whether the data have them or not.
  init(_ values: [ChartValue], order: [String]) {
    var categories: [String] = []
    var indices: [String: Int] = [:]
    for name in order + values.map(Self.name) where indices[name] == nil {
      indices[name] = categories.count
      categories.append(name)
    }
    self.categories = categories
    self.indices = indices
  }

  var baseline: Double { 0 }

  func place(_ value: ChartValue) -> Placement {
    guard let index = indices[Self.name(value)] else { return .outside }
    return .at(centre(index))
  }

  func place(bound: Double) -> (fraction: Double, isCut: Bool)? { nil }

  /// Every category, or every second, third … where there is no room.
  func ticks(atMost count: Int) -> [Tick] {
    let stride = max((categories.count + max(count, 1) - 1) / max(count, 1), 1)
    return categories.indices.filter { $0 % stride == 0 }
      .map { Tick(fraction: centre($0), label: categories[$0]) }
  }

  private func centre(_ index: Int) -> Double { (Double(index) + 0.5) / Double(categories.count) }

  private static func name(_ value: ChartValue) -> String {
    switch value {
    case .number(let number): TickText.plain(number)
    case .category(let name): name
    }
  }
}
