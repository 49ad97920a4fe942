import Experiments
import Testing

/// Values of a search space: inside their bounds, evenly spread, ends included.
struct SpaceTests {
  private func dimension(_ domain: Dimension.Domain) -> Dimension {
    Dimension(name: "x", path: ["x"], domain: domain)
  }

  private let quantiles = (0...1000).map { min(Double($0) / 1000, 1.0.nextDown) }

  @Test(arguments: [(1e-4, 1e-1), (1.0, 1.0), (3.0, 1e4), (1e-300, 1e300), (0.1, 0.3)])
  func numbersStayInsideTheirBounds(_ from: Double, _ to: Double) throws {
    for logarithmic in [false, true] {
      let dimension = dimension(.number(from: from, to: to, logarithmic: logarithmic))
      let values = try quantiles.map { try #require(dimension.value(atQuantile: $0).number) }
      #expect(values.allSatisfy { $0 >= from && $0 <= to })
      #expect(values == values.sorted())
      #expect(values[0] == from)
      let grid = try dimension.grid(9).map { try #require($0.number) }
      #expect(grid.first == from && grid.last == to)
    }
  }

  @Test func logarithmicNumbersAreEvenInTheirExponents() throws {
    let dimension = dimension(.number(from: 1e-4, to: 1, logarithmic: true))
    for (value, expected) in zip(dimension.grid(5), [1e-4, 1e-3, 1e-2, 1e-1, 1]) {
      #expect(abs(try #require(value.number) / expected - 1) < 1e-14)
    }
    #expect(abs(try #require(dimension.value(atQuantile: 0.5).number) / 1e-2 - 1) < 1e-14)
  }

  @Test func integersAreEquallyLikelyWithTheEnds() {
    let dimension = dimension(.integer(from: -2, to: 3, logarithmic: false))
    var counts = [Int](repeating: 0, count: 6)
    for i in 0..<6000 {
      guard case .integer(let value) = dimension.value(atQuantile: (Double(i) + 0.5) / 6000) else { continue }
      counts[value + 2] += 1
    }
    #expect(counts == [1000, 1000, 1000, 1000, 1000, 1000])
  }

  @Test(arguments: [(1, 1), (1, 1024), (16, 256), (7, 9)]) func integersStayInsideTheirBounds(
    _ from: Int, _ to: Int
  ) {
    for logarithmic in [false, true] {
      let dimension = dimension(.integer(from: from, to: to, logarithmic: logarithmic))
      for u in quantiles {
        guard case .integer(let value) = dimension.value(atQuantile: u) else {
          Issue.record("no integer at \(u)")
          return
        }
        #expect(value >= from && value <= to)
      }
      let grid = dimension.grid(5)
      #expect(grid.first == .integer(from) || from == to)
      #expect(grid.last == .integer(to))
      #expect(Set(grid).count == grid.count)
    }
    #expect(
      dimension(.integer(from: 1, to: 16, logarithmic: true)).grid(5)
        == [1, 2, 4, 8, 16].map(Setting.integer))
  }

  @Test func choicesAreEquallyLikely() {
    let options: [Setting] = [.text("a"), .integer(3), .flag(true)]
    let dimension = dimension(.choice(options))
    #expect(
      [0, 0.33, 0.34, 0.66, 0.67, 1.0.nextDown].map { dimension.value(atQuantile: $0) }
        == [0, 0, 1, 1, 2, 2].map { options[$0] })
    #expect(dimension.grid(1) == options)
  }

  @Test func dimensionsAreInTheOrderOfTheirNames() {
    let space = Space(
      ["c", "a", "b"].map {
        Dimension(name: $0, path: [$0], domain: .number(from: 0, to: 1, logarithmic: false))
      })
    #expect(space.dimensions.map(\.name) == ["a", "b", "c"])
    #expect(!space.isEmpty && Space([]).isEmpty)
  }

  @Test func valuesOnTheEdgeAreKnown() {
    let number = dimension(.number(from: 0.5, to: 2, logarithmic: true))
    #expect(number.isOnEdge(.number(0.5)) && number.isOnEdge(.number(2)) && !number.isOnEdge(.number(1)))
    let integer = dimension(.integer(from: 1, to: 4, logarithmic: false))
    #expect(integer.isOnEdge(.integer(1)) && integer.isOnEdge(.integer(4)) && !integer.isOnEdge(.integer(2)))
    #expect(!dimension(.choice([.integer(1), .integer(2)])).isOnEdge(.integer(1)))
  }

  @Test(arguments: [
    (2.0, 10.0, 1024.0), (10, -3, 1e-3), (2, 0.5, 1.4142135623730951), (1e-3, 1, 1e-3), (5, 0, 1),
  ])
  func powersAreExactToTheLastBits(_ base: Double, _ exponent: Double, _ expected: Double) {
    #expect(abs(power(base, exponent) / expected - 1) < 1e-14)
  }
}
