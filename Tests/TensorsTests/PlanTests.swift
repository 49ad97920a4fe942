import Randomness
import Tensors
import Testing

func normalValues<Number: Scalar>(_ count: Int, _ purpose: String) -> [Number] {
  var stream = RandomStream(seed: 3, role: "test", purpose: purpose)
  return (0..<count).map { _ in Number(stream.normal()) }
}

@Suite struct PlanTests {
  /// Values that share memory, overwrite one another or are joined into loops have the bits they have alone.
  @Test func sharingMemoryDoesNotChangeBits() {
    let graph = Graph()
    let x = graph.input("x", [6, 8])
    let w = graph.parameter("w", [8, 8])
    var values = [tanh(matmul(x, w))]
    for i in 1..<12 {
      let last = values[i - 1]
      let other = values[i / 2]
      values.append(
        [
          last * other + 0.5, softmax(last), transpose(transpose(last) * 2), matmul(last, w),
          layerNorm(last, gain: nil, bias: nil), sum(last, axes: [0], keepingAxes: true) + other,
        ][i % 6])
    }
    let loss = values.reduce(graph.constant(0)) { $0 + mean(square($1)) }
    let gradient = graph.gradient(of: loss, with: [w])
    let apart = Plan<Float>(graph, outputs: [loss] + values, gradient: gradient)
    let together = Plan<Float>(graph, outputs: [loss], gradient: gradient)
    let parameters: [Float] = normalValues(64, "w")
    for plan in [apart, together] {
      plan.fill(x, normalValues(48, "x"))
      for _ in 0..<2 { plan.run(parameters: parameters) }
    }
    #expect(apart[loss].bitPattern == together[loss].bitPattern)
    #expect(apart.gradient.map(\.bitPattern) == together.gradient.map(\.bitPattern))
    // Two of the values are layer norms, which keep a number a row beside.
    #expect(together.workingBytes < apart.workingBytes + 4 * (48 * 12 + 6 * 2))
    #expect(loss.shape == [])
  }

  @Test func gradientsLieInTheOrderOfTheParameters() {
    let graph = Graph()
    let a = graph.parameter("a", [2])
    let unused = graph.parameter("unused", [3])
    let b = graph.parameter("b", [2, 1])
    let loss = sum(3 * a) + sum(a * reshape(b, [2]))
    let plan = Plan<Double>(
      graph, outputs: [loss], gradient: graph.gradient(of: loss, with: graph.parameters))
    plan.run(parameters: [1, 2, 0, 0, 0, 5, 7])
    #expect(Array(plan.gradient) == [8, 10, 0, 0, 0, 1, 2])
    #expect(plan[loss] == 9 + 5 + 14)
    #expect(graph.parameterNames == ["a", "unused", "b"] && unused.shape == [3])
    // The same plan at other parameters.
    plan.run(parameters: [0, 0, 0, 0, 0, 1, 1])
    #expect(Array(plan.gradient) == [4, 4, 0, 0, 0, 0, 0])
  }

  @Test func equalDerivativesAndDerivativesThatAreInputsFillTheirPlaces() {
    let graph = Graph()
    let x = graph.input("x", [2])
    let (a, b) = (graph.parameter("a", [2]), graph.parameter("b", [2]))
    let loss = dot(x, a + b)
    let plan = Plan<Float>(graph, outputs: [loss], gradient: graph.gradient(of: loss, with: [a, b]))
    plan.fill(x, [3, 4])
    plan.run(parameters: [0, 0, 0, 0])
    #expect(Array(plan.gradient) == [3, 4, 3, 4])
  }

  @Test func innerValuesAndInputsHaveDerivatives() {
    let graph = Graph()
    let x = graph.input("x", [3])
    let inner = square(x)
    let loss = sum(inner * inner)
    let parts = graph.gradient(of: loss, with: [x, inner])
    let plan = Plan<Double>(graph, outputs: parts)
    plan.fill(x, [1, 2, 3])
    plan.run()
    #expect(plan.values(parts[0]) == [4, 32, 108])
    #expect(plan.values(parts[1]) == [2, 8, 18])
  }

  @Test func equalOperationsAreComputedOnceAndCounted() {
    let graph = Graph()
    let (a, b) = (graph.input("a", [3, 4]), graph.input("b", [4, 5]))
    let twice = matmul(a, b) + matmul(a, b)
    let plan = Plan<Float>(graph, outputs: [twice])
    #expect(plan.flops == 2 * 3 * 4 * 5 + 15)
    #expect(plan.flopsByKind.map(\.kind) == ["matrix product", "elementwise"])
  }

  @Test func constantsAreComputedWhenThePlanIsMade() {
    let graph = Graph()
    let table = graph.constant([1, 2, 3, 4], [2, 2])
    let fixed = matmul(table, table)
    let x = graph.input("x", [2, 2])
    let plan = Plan<Double>(graph, outputs: [fixed, fixed + x])
    #expect(plan.values(fixed) == [7, 10, 15, 22])
    #expect(plan.flops == 4)
    plan.fill(x, [1, 1, 1, 1])
    plan.run()
    #expect(plan.values(fixed + x) == [8, 11, 16, 23])
  }

  @Test func emptyTensorsAreDefined() {
    let graph = Graph()
    let x = graph.input("x", [0, 3])
    let outputs = [sum(x), mean(x), matmul(transpose(x), x), sum(x, axes: [0]), softmax(x) * 2]
    let plan = Plan<Double>(graph, outputs: outputs)
    plan.run()
    #expect(plan[outputs[0]] == 0)
    #expect(plan[outputs[1]].isNaN)
    #expect(plan.values(outputs[2]) == [Double](repeating: 0, count: 9))
    #expect(plan.values(outputs[3]) == [0, 0, 0])
    #expect(plan.values(outputs[4]) == [])
  }

  @Test func nonFiniteNumbersAreData() {
    let graph = Graph()
    let x = graph.input("x", [3, 3])
    let outputs = [
      softmax(x), logSumExp(x), relu(x), maximum(x, 0), largest(x),
      maxPool(reshape(x, [1, 3, 3, 1]), size: (3, 3), stride: 1),
    ]
    let plan = Plan<Float>(graph, outputs: outputs)
    plan.fill(x, [.nan, 0, 1, 1000, -.infinity, 1000, -1e30, 0, 3e38])
    plan.run()
    let probabilities = plan.values(outputs[0])
    #expect(probabilities[0].isNaN && probabilities[1].isNaN)
    #expect(Array(probabilities[3...]) == [0.5, 0, 0.5, 0, 0, 1])
    #expect(plan.values(outputs[1])[0].isNaN)
    #expect(abs(plan.values(outputs[1])[1] - 1000.6931) < 1e-3)
    #expect(plan.values(outputs[2])[0].isNaN && plan.values(outputs[2])[4] == 0)
    #expect(plan.values(outputs[3])[0].isNaN && plan.values(outputs[3])[6] == 0)
    #expect(Array(plan.values(outputs[4])) == [1, 1000, 3e38])
    #expect(plan[outputs[5]].isNaN)
  }

  @Test func sortingIsStableAndPutsNaNLast() {
    let graph = Graph()
    let x = graph.input("x", [2, 5])
    let (up, top) = (sortedPositions(x), topPositions(x, count: 3))
    let plan = Plan<Double>(graph, outputs: [], indexOutputs: [up, top])
    plan.fill(x, [2, .nan, 1, 2, 0, 7, 7, 7, 7, 8])
    plan.run()
    #expect(plan.values(up) == [4, 2, 0, 3, 1, 0, 1, 2, 3, 4])
    #expect(plan.values(top) == [0, 3, 2, 4, 0, 1])
  }

  @Test func labelsOutsideTheClassesStopTheRun() async {
    await #expect(processExitsWith: .failure) {
      let graph = Graph()
      let (x, labels) = (graph.input("x", [1, 3]), graph.indexInput("labels", [1]))
      let loss = sum(crossEntropy(x, labels))
      let plan = Plan<Float>(graph, outputs: [loss])
      plan.fill(labels, [3])
      plan.run()
    }
  }

  /// Every way an operand can be repeated, with rows shorter and longer than a block, against the definition.
  @Test(arguments: [1, 3, 130, 700, 1100])
  func broadcastingFollowsTheDefinition(width: Int) {
    let (rows, depth) = (3, 2)
    let graph = Graph()
    let full = graph.input("full", [depth, rows, width])
    let shapes = [[width], [rows, 1], [1], [depth, 1, width], [depth, 1, 1], [rows, width]]
    let operands = shapes.map { graph.input("operand", $0) }
    let outputs = operands.map { full + 2 * $0 }
    let all = operands.reduce(full) { $0 + $1 }
    let plan = Plan<Double>(graph, outputs: outputs + [all])
    let values: [Double] = normalValues(full.count, "full")
    plan.fill(full, values)
    let parts: [[Double]] = shapes.map { normalValues($0.product, "part\($0)") }
    for (operand, part) in zip(operands, parts) { plan.fill(operand, part) }
    plan.run()
    func element(_ part: [Double], _ shape: [Int], _ place: [Int]) -> Double {
      var index = 0
      for (size, coordinate) in zip(shape, place.suffix(shape.count)) {
        index = index * size + (size == 1 ? 0 : coordinate)
      }
      return part[index]
    }
    for i in 0..<full.count {
      let place = [i / (rows * width), i / width % rows, i % width]
      var total = values[i]
      for k in shapes.indices {
        let expected = values[i] + 2 * element(parts[k], shapes[k], place)
        #expect(plan.buffer(outputs[k])[i] == expected)
        total += element(parts[k], shapes[k], place)
      }
      #expect(plan.buffer(all)[i] == total)
    }
  }
}

@Suite struct GraphLifetimeTests {
  /// Thousands of trials in one process build thousands of graphs.
  @Test func aGraphIsFreedWithItsLastPlan() {
    weak var seen: Graph?
    do {
      let graph = Graph()
      seen = graph
      let x = graph.input("x", [4, 3])
      let weights = graph.parameter("weights", [3, 2])
      let rounded = straightThrough(rounded(weights), to: weights)
      let loss = squaredNorm([relu(matmul(x, rounded))])
      let plan = Plan<Float>(
        graph, outputs: [loss], gradient: graph.gradient(of: loss, with: graph.parameters))
      let block = FloatBuffer(zeros: graph.parameterCount)
      plan.fill(x, [Float](repeating: 1, count: 12))
      plan.run(parameters: block.base)
      #expect(seen != nil)
    }
    #expect(seen == nil)
  }
}
