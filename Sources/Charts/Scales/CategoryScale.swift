/// A band or a place for each category, in order.
struct CategoryScale: PositionScale {
  /// Distinct, in the order given.
  let categories: [String]
  /// The first category stands at the axis's end: at the top of an axis that runs upwards.
  let isReversed: Bool
  /// The first and the last category stand at the axis's ends, rather than half a band within.
  let arePlaces: Bool
  private let indices: [String: Int]

  /// - Parameters:
  ///   - values: the data, which may repeat; numbers become their text.
  ///   - order: categories that come first, whether the data have them or not.
  init(_ values: [ChartValue], order: [String], isReversed: Bool = false, arePlaces: Bool = false) {
    var categories: [String] = []
    var indices: [String: Int] = [:]
    var last: ChartValue?
    func add(_ name: String) {
      guard Self.index(of: name, among: categories, indices) == nil else { return }
      indices[name] = categories.count
      categories.append(name)
    }
    order.forEach(add)
    for value in values where value != last {
      add(Self.name(value))
      last = value
    }
    self.categories = categories
    self.indices = indices
    self.isReversed = isReversed
    self.arePlaces = arePlaces
  }

  var baseline: Double { 0 }

  func place(_ value: ChartValue) -> Placement {
    guard let index = Self.index(of: Self.name(value), among: categories, indices) else { return .outside }
    return .at(centre(index))
  }

  func place(bound: Double) -> (fraction: Double, isCut: Bool)? { nil }

  /// Every category, or every second, third … where there is no room; in ascending order.
  func ticks(atMost count: Int) -> [Tick] {
    let stride = max((categories.count + max(count, 1) - 1) / max(count, 1), 1)
    let ticks = categories.indices.filter { $0 % stride == 0 }
      .map { Tick(fraction: centre($0), label: categories[$0]) }
    return isReversed ? ticks.reversed() : ticks
  }

  /// The share of the axis that belongs to a category.
  var band: Double {
    let count = Double(max(categories.count, 1))
    return arePlaces ? 1 / max(count - 1, 1) : 1 / count
  }

  private func centre(_ index: Int) -> Double {
    let fraction =
      arePlaces
      ? (categories.count == 1 ? 0.5 : Double(index) * band)
      : (Double(index) + 0.5) * band
    return isReversed ? 1 - fraction : fraction
  }

  /// Few names are found sooner by comparing than by hashing.
  private static func index(of name: String, among names: [String], _ indices: [String: Int]) -> Int? {
    names.count <= 6 ? names.firstIndex(of: name) : indices[name]
  }

  private static func name(_ value: ChartValue) -> String {
    switch value {
    case .number(let number): TickText.plain(number)
    case .category(let name): name
    }
  }
}
