import Experiments
import Learning
import Parts
import Randomness
import Tensors
import Testing

private let small: [(label: String, model: any NetworkModel)] = [
  ("mlp", model("mlp", ["width": .integer(6), "depth": .integer(2)])),
  (
    "transformer",
    model(
      "transformer",
      ["width": .integer(8), "heads": .integer(2), "depth": .integer(1), "token-width": .integer(4)])
  ),
]

private let sources: [(label: String, source: any WeightSource)] = [
  ("plain", PlainWeights()),
  ("low-rank", LowRank(rank: 2, alpha: 4)),
  ("kronecker", KroneckerSum(terms: 2, side: 3)),
  ("hashed", HashedWeights(share: 0.25)),
  ("dense projection", ProjectedWeights(dimension: 5, .dense)),
  ("fastfood projection", ProjectedWeights(dimension: 5, .fastfood)),
  ("masked", MaskedWeights()),
  ("generated", GeneratedWeights(embedding: 3, width: 5, chunk: 16)),
  ("generated and masked", MaskedWeights(base: GeneratedWeights(embedding: 3, width: 5, chunk: 16))),
]

/// A model's parameters and outputs for fixed rows, with a source.
private func built(_ model: any NetworkModel, _ source: any WeightSource) -> (
  block: FloatBuffer, layout: ParameterLayout, outputs: (FloatBuffer) -> [Float]
) {
  let declarations = Declarations(Graph(), isTraining: false, source: source)
  let x = declarations.graph.input("features", [3, 16])
  let y = model.outputs(x, count: 2, weights: Weights(declarations))
  let plan = Plan<Float>(declarations.graph, outputs: [y])
  var stream = RandomStream(seed: 1, role: "test", purpose: "rows")
  plan.fill(x, (0..<48).map { _ in Float(stream.normal()) })
  let block = declarations.initialBlock {
    RandomStream(seed: 4, role: "test", purpose: "initial-weights", index: $0)
  }
  return (
    block, declarations.layout,
    { parameters in
      plan.run(parameters: parameters.base)
      return plan.values(y)
    }
  )
}

@Suite struct WeightSourceTests {
  /// Model code is the same; the gradient of what the source declares is exact, frozen parameters included.
  @Test(arguments: sources.indices, small.indices)
  func gradientsMatchDifferences(source: Int, model: Int) {
    var exact = ExactLoss(small[model].model, columns: 16, outputs: 3, source: sources[source].source)
    let (error, slot) = exact.largestError(every: 3)
    #expect(error < 1e-8, "\(small[model].label) with \(sources[source].label) weights: \(slot)")
  }

  @Test func lowRankAndKroneckerStartAsTheirBase() {
    for (_, model) in small {
      for source in [LowRank(rank: 2), KroneckerSum(terms: 1, side: 3)] as [any WeightSource] {
        let (adapted, plain) = (built(model, source), built(model, FrozenWeights()))
        // The plain slots of the adapted block hold what the plain block does; what is added starts at zero.
        for slot in plain.layout.slots {
          let place = adapted.layout.slots.first { $0.name == slot.name }!
          for i in 0..<slot.count { adapted.block.base[place.offset + i] = plain.block.base[slot.offset + i] }
        }
        #expect(adapted.outputs(adapted.block) == plain.outputs(plain.block))
        #expect(adapted.layout.slots.contains { $0.group.rate != 0 })
      }
    }
  }

  @Test func kroneckerProductFollowsTheDefinition() {
    let graph = Graph()
    let product = kroneckerProduct(
      graph.constant([1, 2, 3, 4], [2, 2]), graph.constant([1, 10, 100], [1, 3]))
    let plan = Plan<Double>(graph, outputs: [product])
    plan.run()
    #expect(plan.values(product) == [1, 10, 100, 2, 20, 200, 3, 30, 300, 4, 40, 400])
  }

  @Test func hashedWeightsHoldFewNumbers() {
    let (plain, hashed) = (
      built(small[0].model, PlainWeights()), built(small[0].model, HashedWeights(share: 0.25))
    )
    #expect(hashed.block.count < plain.block.count / 3)
    let declarations = Declarations(Graph(), isTraining: false, source: HashedWeights(share: 0.25))
    let w = Weights(declarations).parameter("w", [8, 8], .zeros)
    let plan = Plan<Float>(declarations.graph, outputs: [w])
    let table = (1...16).map { Float($0) }
    plan.run(parameters: table)
    let values = plan.values(w)
    #expect(values.allSatisfy { table.contains(abs($0)) } && Set(values.map(abs)).count > 8)
    #expect(values.contains { $0 < 0 } && values.contains { $0 > 0 })
  }

  /// Both projections spread coordinates over a weight with the stated variance, and move it in all directions.
  @Test(arguments: [ProjectedWeights.Operator.dense, .fastfood])
  func projectionsHaveTheStatedSpread(kind: ProjectedWeights.Operator) {
    let declarations = Declarations(Graph(), isTraining: false, source: ProjectedWeights(dimension: 24, kind))
    let w = Weights(declarations).parameter("w", [64, 50], .zeros)
    let plan = Plan<Double>(declarations.graph, outputs: [w])
    var stream = RandomStream(seed: 1, role: "test", purpose: "coordinates")
    var block = [Double](repeating: 0, count: declarations.graph.parameterCount)
    for i in 3200..<3224 { block[i] = stream.normal() }
    let length = block.reduce(0) { $0 + $1 * $1 }
    plan.run(parameters: block)
    let spread = plan.values(w).reduce(0) { $0 + $1 * $1 } / 3200
    #expect(abs(spread / (length / 24) - 1) < 0.2)
  }

  @Test func masksHoldWeightsAtZero() {
    let masked = built(small[0].model, MaskedWeights())
    let slot = masked.layout.slots.first { $0.name == "output.weight.mask" }!
    for i in 0..<slot.count { masked.block.base[slot.offset + i] = 0 }
    let bias = masked.layout.slots.first { $0.name == "output.bias" }!
    let outputs = masked.outputs(masked.block)
    #expect(outputs == Array(repeating: masked.block.base[bias.offset], count: outputs.count))
  }

  /// Two bits leave the levels −s, 0 and s; the derivative is that without rounding.
  @Test func quantisedWeightsHaveFewLevelsAndPassDerivatives() {
    let declarations = Declarations(Graph(), isTraining: true, source: QuantisedWeights(bits: 2))
    let w = Weights(declarations).parameter("w", [1, 5], .zeros)
    let gradient = declarations.gradient(of: sum(3 * w))
    let plan = Plan<Float>(declarations.graph, outputs: [w], gradient: gradient)
    plan.run(parameters: [-2, -0.9, 0.1, 1.2, 2] as [Float])
    #expect(plan.values(w) == [-2, 0, 0, 2, 2])
    #expect(Array(plan.gradient) == [3, 3, 3, 3, 3])
    plan.run(parameters: [0, 0, 0, 0, 0] as [Float])
    #expect(plan.values(w) == [0, 0, 0, 0, 0])
  }

  @Test func mixturesStartAtTheMean() {
    for (_, model) in small {
      let plain = built(model, PlainWeights())
      let other = FloatBuffer(plain.block.values.map { 0.5 * $0 + 0.1 })
      let mean = FloatBuffer(zip(plain.block.values, other.values).map { ($0 + $1) / 2 })
      let mixed = built(model, CheckpointMixture([plain.block.values, other.values]))
      #expect(mixed.block.count == 2)
      for (a, b) in zip(mixed.outputs(mixed.block), plain.outputs(mean)) { #expect(abs(a - b) < 1e-5) }
      for (a, b) in zip(mixed.outputs(FloatBuffer([40, -40])), plain.outputs(plain.block)) {
        #expect(abs(a - b) < 1e-5)
      }
    }
  }

  /// Only the adapter moves when a model is trained with low-rank weights.
  @Test func frozenParametersStay() {
    var stream = RandomStream(seed: 2, role: "test", purpose: "rows")
    let set = TrainingSet(
      features: FloatBuffer((0..<320).map { _ in Float(stream.normal()) }),
      targets: .classes((0..<20).map { Int32($0 % 2) }))
    let plan = TrainingPlan(
      epochs: 3, batchSize: 8,
      descent: DescentPlan(
        optimizer: optimizer("adamw"), schedule: schedule("constant"), learningRate: 0.05, weightDecay: 0.1))
    let training = Training(
      SupervisedLoss(small[1].model, on: set, outputs: 2, .crossEntropy(labelSmoothing: 0)), plan,
      source: LowRank(rank: 1)
    ) { RandomStream(seed: 1, role: "test", purpose: $0, index: $1) }
    let before = training.parameters.values
    _ = training.run { _, _ in }
    for slot in training.layout.slots {
      let range = slot.offset..<slot.offset + slot.count
      #expect((training.parameters.values[range] == before[range]) == (slot.group.rate == 0), "\(slot.name)")
    }
  }
}
