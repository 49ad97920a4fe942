import Experiments
import Randomness
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

/// Spaces whose dimensions depend on one another.
struct SpaceTreeTests {
  private let space = Space(
    [
      Dimension(
        name: "a-kernel", path: ["k"], domain: .choice([.text("x"), .text("y")]),
        activation: .init(parent: "model", options: [.text("svm")])),
      Dimension(
        name: "gamma", path: ["g"], domain: .number(from: 0, to: 1, logarithmic: false),
        activation: .init(parent: "a-kernel", options: [.text("y")])),
      Dimension(
        name: "leaf", path: ["l"], domain: .integer(from: 1, to: 4, logarithmic: false),
        activation: .init(parent: "model", options: [.text("forest"), .text("tree")])),
      Dimension(
        name: "model", path: ["m"], domain: .choice([.text("svm"), .text("forest"), .text("tree")]),
        prior: .weights([2, 1, 1])),
    ],
    forbidden: [
      .or(
        .and(
          .comparison(name: "leaf", relation: .greater, operands: [.literal("2", 2)]),
          .comparison(name: "model", relation: .equal, operands: [.literal("tree", nil)])),
        .comparison(name: "gamma", relation: .less, operands: [.literal("0.25", 0.25)]))
    ])

  private var draws: [Settings] {
    (0..<4000).map { i in
      var random = RandomStream(seed: 3, role: "tuning", purpose: "draw", index: i)
      return space.draw(&random)
    }
  }

  @Test func drawsAreConfigurationsOfTheSpace() {
    let draws = draws
    #expect(draws.allSatisfy(space.contains))
    #expect(Set(draws.map(\.names)).count == 3)
    #expect(space.isFeasible)
    // Of 4 models by weight 2 are svm, of which 1/8 is forbidden, 1 is a tree, of which 1/2 is, and 1 a forest.
    let share = draws.count { $0.text("model") == "svm" }
    #expect(abs(Double(share) / 4000 - 1.75 / 3.25) < 0.04)
  }

  @Test func pointsAreConfigurationsAndBack() {
    for draw in draws {
      let point = space.point(draw)
      for (dimension, position) in zip(space.dimensions, point) {
        #expect(position.isNaN == (draw[dimension.name] == nil))
      }
      let back = space.configuration(at: point)
      #expect(back.names == draw.names)
      for (name, value) in back.pairs {
        #expect(draw[name] == value || abs(draw.number(name) - value.number!) < 1e-12)
      }
    }
  }

  @Test func whatDoesNotBelongIsNoConfiguration() {
    let sound: [String: Setting] = ["model": .text("forest"), "leaf": .integer(2)]
    #expect(space.contains(Settings(sound)))
    for change: [String: Setting] in [
      ["leaf": .integer(5)], ["leaf": .number(2)], ["gamma": .number(0.5)], ["model": .text("svm")],
      ["model": .text("bush")], ["model": .text("tree"), "leaf": .integer(3)],
    ] {
      #expect(!space.contains(Settings(sound.merging(change) { $1 })), "\(change)")
    }
    #expect(!space.contains(Settings(["model": .text("forest")])))
  }

  @Test func priorsGatherDraws() {
    let dimension = Dimension(
      name: "x", path: ["x"], domain: .number(from: 0, to: 10, logarithmic: false), prior: .around(.number(8))
    )
    let values = (0..<10_000).map { dimension.value(atQuantile: (Double($0) + 0.5) / 10_000).number! }
    #expect(values == values.sorted())
    // F(t) = t/4 + 3/4 · t²/0.8 below the centre.
    for (x, share) in [(2.0, 0.0875), (4.0, 0.25), (8.0, 0.8)] {
      #expect(abs(Double(values.count { $0 < x }) / 10_000 - share) < 2e-4)
    }
    #expect(values[0] < 0.01 && values[9_999] > 9.9)
    let choice = Dimension(
      name: "c", path: ["c"], domain: .choice([.integer(1), .integer(2), .integer(3)]),
      prior: .weights([1, 0, 3]))
    let options = (0..<400).map { choice.value(atQuantile: Double($0) / 400) }
    #expect(options.count { $0 == .integer(1) } == 100 && options.count { $0 == .integer(2) } == 0)
  }

  @Test func startsStandInTheMiddleWhereTheyAreSilent() {
    let start = Space(
      [
        Dimension(name: "x", path: ["x"], domain: .number(from: 1, to: 100, logarithmic: true)),
        Dimension(
          name: "y", path: ["y"], domain: .number(from: 0, to: 4, logarithmic: false),
          prior: .around(.number(1))),
        Dimension(name: "z", path: ["z"], domain: .integer(from: 0, to: 4, logarithmic: false)),
      ], start: Settings(["z": .integer(4)])
    ).start!
    #expect(abs(start.number("x") - 10) < 1e-12 && start.number("y") == 1 && start.integer("z") == 4)
  }
}
