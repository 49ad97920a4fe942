import Tensors
import Testing

@Suite struct PerExampleTests {
  /// The gradients of single examples, each from a graph of its own.
  @Test func examplesGradientsAreThoseOfBatchesOfOne() {
    let batch = 4
    func build(_ examples: Int) -> (graph: Graph, images: Tensor, tokens: IndexTensor, losses: Tensor) {
      let graph = Graph()
      let images = graph.input("images", [examples, 4, 4, 2])
      let tokens = graph.indexInput("tokens", [examples, 3])
      let kernel = graph.parameter("kernel", [3, 3, 2, 3])
      let table = graph.parameter("table", [5, 3])
      let apart = graph.parameter("apart", [3, 3, 1, 4])
      let (w, b) = (graph.parameter("w", [3, 4]), graph.parameter("b", [4]))
      let (left, right) = (graph.parameter("left", [4, 1]), graph.parameter("right", [1, 2]))
      let seen = globalAveragePool(tanh(convolution(images, kernel, padding: (1, 1))))
      let read = tanh(matmul(takeRows(table, tokens), w))
      let pairs = globalAveragePool(tanh(convolution(images, apart, padding: (1, 1), groups: 2)))
      let hidden = tanh(matmul(seen, w) + b) + mean(read, axes: [1]) + pairs
      let out = matmul(hidden, lowRank(graph.constant(0.1, [4, 2]), left, right, scale: 0.5))
      return (graph, images, tokens, sum(square(out), axes: [1]))
    }
    let whole = build(batch)
    let parameters = whole.graph.parameters
    let gradients = perExampleGradients(of: whole.losses, with: parameters)
    let norms = perExampleSquaredNorms(of: whole.losses, with: parameters)
    let plan = Plan<Double>(whole.graph, outputs: gradients + [norms])
    let images: [Double] = normalValues(batch * 32, "images")
    let tokens: [Int32] = [0, 1, 1, 4, 2, 0, 3, 3, 3, 1, 2, 4]
    let point: [Double] = normalValues(whole.graph.parameterCount, "point")
    plan.fill(whole.images, images)
    plan.fill(whole.tokens, tokens)
    plan.run(parameters: point)
    for i in 0..<batch {
      let single = build(1)
      let gradient = single.graph.gradient(of: sum(single.losses), with: single.graph.parameters)
      let alone = Plan<Double>(single.graph, outputs: [], gradient: gradient)
      alone.fill(single.images, images[i * 32..<i * 32 + 32])
      alone.fill(single.tokens, tokens[i * 3..<i * 3 + 3])
      alone.run(parameters: point)
      let together = gradients.flatMap { plan.values($0)[i * $0.count / batch..<(i + 1) * $0.count / batch] }
      #expect(together.count == alone.gradient.count)
      for (a, b) in zip(together, alone.gradient) { #expect(abs(a - b) < 1e-12 * max(1, abs(b))) }
      let exact = alone.gradient.reduce(0) { $0 + $1 * $1 }
      #expect(abs(plan.values(norms)[i] - exact) < 1e-12 * exact)
    }
  }

  @Test func normsOfDenseLayersNeedNoGradients() {
    let graph = Graph()
    let x = graph.input("x", [8, 16])
    let w = graph.parameter("w", [16, 32])
    let norms = perExampleSquaredNorms(of: sum(square(matmul(x, w)), axes: [1]), with: [w])
    #expect(Plan<Float>(graph, outputs: [norms]).workingBytes < 8 * 16 * 32 * 4)
  }
}

@Suite struct SecondOrderTests {
  @Test func hessianVectorProductsFollowDifferencesForEachBlock() {
    let graph = Graph()
    let x = graph.constant(normalValues(15, "x"), [5, 3])
    let (a, b) = (graph.parameter("a", [3, 4]), graph.parameter("b", [4, 2]))
    let loss = mean(square(matmul(tanh(matmul(x, a)), b)))
    let v: [Double] = normalValues(20, "direction")
    let directions = [graph.constant(Array(v[..<12]), [3, 4]), graph.constant(Array(v[12...]), [4, 2])]
    let full = hessianVectorProduct(of: loss, with: [a, b], direction: directions)
    let block = hessianVectorProduct(of: loss, with: [b], direction: [directions[1]])
    let plan = Plan<Double>(
      graph, outputs: full + block, gradient: graph.gradient(of: loss, with: [a, b]))
    let point: [Double] = normalValues(20, "point")
    func gradient(_ shift: Double, _ from: Int) -> [Double] {
      plan.run(parameters: point.indices.map { point[$0] + ($0 >= from ? shift * v[$0] : 0) })
      return Array(plan.gradient)
    }
    let step = 1e-5
    let (whole, part) = (
      zip(gradient(step, 0), gradient(-step, 0)).map { ($0 - $1) / (2 * step) },
      zip(gradient(step, 12), gradient(-step, 12)).map { ($0 - $1) / (2 * step) }
    )
    plan.run(parameters: point)
    for (ours, exact) in zip(full.flatMap { plan.values($0) }, whole) { #expect(abs(ours - exact) < 1e-8) }
    for (ours, exact) in zip(plan.values(block[0]), part[12...]) { #expect(abs(ours - exact) < 1e-8) }
  }

  /// The derivative of a stopped value is 0 and a straight-through value has its source's.
  @Test func stoppedAndRedirectedDerivatives() {
    let graph = Graph()
    let x = graph.parameter("x", [3])
    let loss = sum(straightThrough(rounded(x), to: x) * stopGradient(x))
    let plan = Plan<Double>(graph, outputs: [loss], gradient: graph.gradient(of: loss, with: [x]))
    plan.run(parameters: [0.4, 1.5, 2.6])
    #expect(plan[loss] == 0 * 0.4 + 2 * 1.5 + 3 * 2.6)
    #expect(Array(plan.gradient) == [0.4, 1.5, 2.6])
  }
}

@Suite struct RoundingTests {
  private func round(_ values: [Float], _ format: NumberFormat) -> [Float] {
    let graph = Graph()
    let x = graph.input("x", [values.count])
    let y = rounded(x, to: format)
    let plan = Plan<Float>(graph, outputs: [y])
    plan.fill(x, values)
    plan.run()
    return plan.values(y)
  }

  @Test func formatsRoundToNearestTiesToEven() {
    // E4M3: 3 fraction bits, largest 448, smallest normal 2⁻⁶, subnormal unit 2⁻⁹.
    #expect(
      round([1, 1.0625, 1.1875, 448, 463, 465, -1e9, 0.001, 0.0009765625, 0.0029296875], .e4m3)
        == [1, 1, 1.25, 448, 448, 448, -448, 0.001953125, 0, 0.00390625])
    // E5M2: largest 57344; two fraction bits.
    #expect(round([1.125, 1.375, 57344, 70000], .e5m2) == [1, 1.5, 57344, 57344])
    #expect(round([65504, 65519, 65520, -.infinity], .half) == [65504, 65504, .infinity, -.infinity])
    #expect(round([.nan], .e4m3)[0].isNaN)
    // Bfloat16 keeps the upper half of the bits.
    let values: [Float] = normalValues(200, "bfloat")
    for (x, y) in zip(values, round(values, .bfloat16)) {
      let bits = x.bitPattern
      let expected = (bits &+ 0x7FFF &+ ((bits >> 16) & 1)) & 0xFFFF_0000
      #expect(y.bitPattern == expected)
    }
  }

  /// Both operands of the forward product and the derivative of both backward products are rounded.
  @Test func interceptionReachesAllThreeProducts() {
    func run(_ interception: ProductInterception?) -> [Double] {
      let graph = Graph()
      graph.products = interception
      let (a, b) = (graph.parameter("a", [3, 4]), graph.parameter("b", [4, 2]))
      let y = matmul(a, b)
      graph.products = nil
      let loss = sum(y * graph.constant(normalValues(6, "weights"), [3, 2]))
      let plan = Plan<Double>(graph, outputs: [y], gradient: graph.gradient(of: loss, with: [a, b]))
      plan.run(parameters: normalValues(20, "operands"))
      return plan.values(y) + plan.gradient
    }
    func rounded(_ x: [Double], _ format: NumberFormat) -> [Double] {
      self.round(x.map { Float($0) }, format).map { Double($0) }
    }
    func product(_ x: [Double], _ y: [Double], _ m: Int, _ k: Int, _ n: Int) -> [Double] {
      (0..<m * n).map { i in (0..<k).reduce(0) { $0 + x[i / n * k + $1] * y[$1 * n + i % n] } }
    }
    func transposed(_ x: [Double], _ rows: Int, _ columns: Int) -> [Double] {
      (0..<x.count).map { x[$0 % rows * columns + $0 / rows] }
    }
    let operands: [Double] = normalValues(20, "operands")
    let (a, b) = (rounded(Array(operands[..<12]), .e4m3), rounded(Array(operands[12...]), .e4m3))
    let g = rounded(normalValues(6, "weights"), .e5m2)
    let expected =
      product(a, b, 3, 4, 2) + product(g, transposed(b, 4, 2), 3, 2, 4)
      + product(transposed(a, 3, 4), g, 4, 3, 2)
    let ours = run(.rounding(value: .e4m3, derivative: .e5m2))
    for (x, y) in zip(ours, expected) { #expect(abs(x - y) < 1e-14) }
    #expect(zip(run(nil), ours).contains { abs($0 - $1) > 1e-3 })
  }
}

@Suite struct AttentionTests {
  /// The joined kernel against the same attention from products and a softmax.
  @Test(arguments: [true, false])
  func joinedAndComposedAgree(isCausal: Bool) {
    let graph = Graph()
    let (q, k) = (graph.parameter("q", [2, 5, 6]), graph.parameter("k", [2, 9, 6]))
    let v = graph.parameter("v", [2, 9, 4])
    func results(_ mask: Tensor?) -> [Tensor] {
      let y = attention(queries: q, keys: k, values: v, heads: 2, isCausal: isCausal, mask: mask)
      return [y] + graph.gradient(of: sum(square(y) * 0.5), with: [q, k, v])
    }
    let (joined, composed) = (results(nil), results(graph.constant(0)))
    let plan = Plan<Double>(graph, outputs: joined + composed)
    plan.run(parameters: normalValues(graph.parameterCount, "operands"))
    for (a, b) in zip(joined, composed) {
      for (x, y) in zip(plan.values(a), plan.values(b)) { #expect(abs(x - y) < 1e-13) }
    }
  }
}

extension AttentionTests {
  /// Queries, keys and values side by side in one tensor are read where they lie.
  @Test func thirdsOfOneTensorAreReadInPlace() {
    let graph = Graph()
    let whole = graph.parameter("whole", [2, 5, 12])
    let parts = split(whole, axis: 2, into: 3)
    func results(_ mask: Tensor?) -> [Tensor] {
      let y = attention(
        queries: parts[0], keys: parts[1], values: parts[2], heads: 2, isCausal: true, mask: mask)
      return [y] + graph.gradient(of: sum(square(y) * 0.5), with: [whole])
    }
    let (joined, composed) = (results(nil), results(graph.constant(0)))
    #expect(Plan<Double>(graph, outputs: [joined[0]]).workingBytes == 0)
    let plan = Plan<Double>(graph, outputs: joined + composed)
    plan.run(parameters: normalValues(graph.parameterCount, "operands"))
    for (a, b) in zip(joined, composed) {
      for (x, y) in zip(plan.values(a), plan.values(b)) { #expect(abs(x - y) < 1e-13) }
    }
  }
}

@Suite struct RecurrenceTests {
  /// The joined kernel against the same recurrence step by step, which an interception that changes nothing asks for:
  /// with all states used or only the last, and with the results wanted or overwritten by the derivative.
  @Test(arguments: [1, 4], [true, false])
  func joinedAndUnrolledAgree(length: Int, usesAll: Bool) {
    let graph = Graph()
    let (x, w) = (graph.parameter("x", [3, length, 2]), graph.parameter("w", [2, 44]))
    let (u, b) = (graph.parameter("u", [11, 44]), graph.parameter("b", [44]))
    func results() -> [Tensor] {
      let y = lstm(x, inputWeights: w, stateWeights: u, bias: b)
      let used = usesAll ? y : slice(y, axis: 1, length - 1..<length)
      return [y] + graph.gradient(of: sum(square(used) * 0.5), with: [x, w, u, b])
    }
    let joined = results()
    graph.products = ProductInterception { operand, _ in operand }
    let unrolled = results()
    let plan = Plan<Double>(graph, outputs: joined + unrolled)
    let alone = Plan<Double>(graph, outputs: Array(joined[1...]))
    for plan in [plan, alone] { plan.run(parameters: normalValues(graph.parameterCount, "operands")) }
    for (a, b) in zip(joined, unrolled) {
      for (x, y) in zip(plan.values(a), plan.values(b)) { #expect(abs(x - y) < 1e-12) }
    }
    for gradient in joined[1...] { #expect(alone.values(gradient) == plan.values(gradient)) }
  }
}
