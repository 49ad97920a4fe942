import Experiments

/// A small specification; equal arguments give equal keys.
package func sampleSpecification(
  _ procedure: String = "echo", number: Double = 0, seed: Int = 0
) -> TrialSpecification {
  TrialSpecification(
    procedure: procedure, settings: Settings(["number": .number(number)]),
    revisions: [PartRevision(family: .procedure, name: procedure, revision: 1)],
    data: [
      .fit: DataReference(source: .registered("digits"), steps: [.parts([1, 2], of: 5)], content: "digest")
    ],
    seed: SeedPath(pool: .evaluation, seed: seed),
    measures: [MeasureRequest(column: "accuracy", measure: "accuracy", settings: Settings())],
    fingerprint: "test")
}

/// An outcome with two measures and a curve of five steps, like a small study's.
package func sampleOutcome(_ value: Double) -> Outcome {
  Outcome(
    status: .finished, measures: ["accuracy": value, "log-loss": value / 3],
    curves: [Curve(name: "accuracy", steps: Array(1...5), values: (1...5).map { value / Double($0) })],
    cost: CountedCost(examples: 12_000, flops: 123_456_789))
}
