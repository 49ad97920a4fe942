import Randomness
import Tensors
import Testing

@Suite struct ExpressionTests {
  private func values(_ x: Tensor) -> [Double] {
    let plan = Plan<Double>(x.graph, outputs: [x])
    plan.run()
    return plan.values(x)
  }

  @Test func kroneckerFollowsTheDefinition() {
    let graph = Graph()
    let a = graph.constant([1, 2, 3, 4], [2, 2])
    let b = graph.constant([0, 5, 6, 7, 1, 1], [2, 3])
    let k = kronecker(a, b)
    #expect(k.shape == [4, 6])
    let (x, y, ours) = (values(a), values(b), values(k))
    for i in 0..<4 {
      for j in 0..<6 {
        let expected = x[i / 2 * 2 + j / 3] * y[i % 2 * 3 + j % 3]
        #expect(ours[i * 6 + j] == expected)
      }
    }
    #expect(values(kroneckerSum([(a, b), (a, b)])) == ours.map { 2 * $0 })
  }

  @Test func hashedSharesValues() {
    let graph = Graph()
    let shared = graph.parameter("shared", [2])
    let w = hashed(shared, [2, 2], places: [1, 0, 1, 1], signs: [1, -1, 1, -1])
    let loss = sum(w * graph.constant([1, 10, 100, 1000], [2, 2]))
    let plan = Plan<Double>(graph, outputs: [w], gradient: graph.gradient(of: loss, with: [shared]))
    plan.run(parameters: [3, 5])
    #expect(plan.values(w) == [5, -3, 5, -5])
    #expect(Array(plan.gradient) == [-10, 101 - 1000])
  }

  private func blocks(_ count: Int, _ length: Int) -> [FastfoodBlock] {
    (0..<count).map { i in
      var stream = RandomStream(seed: 5, role: "test", purpose: "fastfood", index: i)
      return FastfoodBlock(
        signs: (0..<length).map { _ in stream.below(2) == 0 ? -1 : 1 },
        permutation: stream.permutation(length),
        gaussians: (0..<length).map { _ in stream.normal() })
    }
  }

  /// The projection is linear with unit columns, and its gradient is its adjoint.
  @Test func fastfoodHasUnitColumnsAndAnAdjoint() {
    let (dimensions, count) = (3, 12)
    #expect(FastfoodBlock.length(3) == 4 && FastfoodBlock.length(4) == 4 && FastfoodBlock.length(1) == 1)
    let graph = Graph()
    let z = graph.parameter("z", [dimensions])
    let u = graph.input("u", [count])
    let theta = fastfood(z, count: count, blocks: blocks(3, 4))
    let gradient = graph.gradient(of: dot(theta, u), with: [z])
    let plan = Plan<Double>(graph, outputs: [theta], gradient: gradient)
    let v: [Double] = normalValues(count, "u")
    plan.fill(u, v)
    for column in 0..<dimensions {
      plan.run(parameters: (0..<dimensions).map { $0 == column ? 1 : 0 })
      let values = plan.values(theta)
      let length = values.reduce(0) { $0 + $1 * $1 }
      let product = zip(values, v).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(length - 1) < 1e-12)
      #expect(abs(product - plan.gradient[column]) < 1e-12)
    }
  }

  @Test func fakeQuantisationRoundsAndPassesDerivatives() {
    let graph = Graph()
    let x = graph.parameter("x", [5])
    let step = graph.parameter("step", [])
    let q = fakeQuantised(x, step: step, levels: -2...1)
    let plan = Plan<Double>(graph, outputs: [q], gradient: graph.gradient(of: sum(q), with: [x, step]))
    plan.run(parameters: [0.26, -0.3, 0.7, -5, 0, 0.5])
    #expect(plan.values(q) == [0.5, -0.5, 0.5, -1, 0])
    // Inside the levels 1, outside 0; for the step the level minus x/step inside, the bound outside.
    #expect(Array(plan.gradient[..<5]) == [1, 1, 0, 0, 1])
    let forStep = (1 - 0.52) + (-1 + 0.6) + 1.0 - 2.0
    #expect(abs(plan.gradient[5] - forStep) < 1e-12)
    let shifted = fakeQuantised(x, step: step, zeroPoint: graph.constant(1), levels: 0...3)
    let other = Plan<Double>(graph, outputs: [shifted])
    other.run(parameters: [0.26, -0.3, 0.7, -5, 5, 0.5])
    #expect(other.values(shifted) == [0.5, -0.5, 0.5, -0.5, 1])
  }

  /// Random points of a box stay within the bounds, which corners reach for one affine map.
  @Test func intervalsHoldWhatTheyShould() {
    let graph = Graph()
    let c = graph.constant(normalValues(3, "center"), [1, 3])
    let box = Interval(center: c, radius: graph.constant([0.1, 0.2, 0.3], [1, 3]))
    let w = graph.constant(normalValues(6, "weights"), [3, 2])
    let wide = Interval(center: w, radius: graph.constant(0.05, [3, 2]))
    let (fixed, loose) = (box.affine(w, nil).mapMonotone(relu), box.affine(wide, nil).mapMonotone(relu))
    let bounds = [fixed.lower, fixed.upper, loose.lower, loose.upper].map(values)
    let (center, weights): ([Double], [Double]) = (normalValues(3, "center"), normalValues(6, "weights"))
    var stream = RandomStream(seed: 6, role: "test", purpose: "points")
    for _ in 0..<200 {
      let x = (0..<3).map { center[$0] + [0.1, 0.2, 0.3][$0] * (stream.below(2) == 0 ? -1 : 1) }
      let v = weights.map { $0 + 0.05 * (2 * stream.uniform() - 1) }
      for j in 0..<2 {
        let plain = max(0, (0..<3).reduce(0) { $0 + x[$1] * weights[$1 * 2 + j] })
        let moved = max(0, (0..<3).reduce(0) { $0 + x[$1] * v[$1 * 2 + j] })
        #expect(plain >= bounds[0][j] - 1e-12 && plain <= bounds[1][j] + 1e-12)
        #expect(moved >= bounds[2][j] - 1e-12 && moved <= bounds[3][j] + 1e-12)
      }
    }
    #expect(bounds[2][0] <= bounds[0][0] && bounds[3][0] >= bounds[1][0])
  }

  @Test func mixturesAndLowRank() {
    let graph = Graph()
    let parts = [graph.constant([1, 2], [2]), graph.constant([10, 20], [2])]
    #expect(values(mixture(parts, weights: graph.constant([0.25, 0.75], [2]))) == [7.75, 15.5])
    let w = lowRank(
      graph.constant(1, [2, 2]), graph.constant([1, 2], [2, 1]), graph.constant([3, 4], [1, 2]), scale: 0.5)
    #expect(values(w) == [2.5, 3, 4, 5])
  }
}
