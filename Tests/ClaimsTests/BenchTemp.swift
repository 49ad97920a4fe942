import Claims
import Experiments
import Randomness
import Testing

@Suite(.serialized) struct BenchTemp {
  @Test func bench() throws {
    var stream = RandomStream(seed: 1, role: "b", purpose: "b")
    var rows: [Samples.Row] = []
    for m in Samples.methods { for t in [4.0, 16] { for s in 0..<5 { for e in 0..<10 {
      rows.append(Samples.Row(method: m, trials: t, seed: Double(e), search: Double(s), accuracy: stream.normal())) } } } }
    let ev = Samples.evaluator(honest: rows, conventional: rows.map { var r = $0; r.accuracy += 0.3 + stream.normal(); return r })
    let clock = ContinuousClock()
    for text in ["mean(conventional.accuracy) - mean(honest.accuracy) > 0", "sd(conventional.accuracy) > 1", "median(conventional.accuracy) > 1", "iqm(conventional.accuracy) > 1",
      "kendall(mean(honest.accuracy) per [method, tune.trials], mean(conventional.accuracy) per [method, tune.trials]) < 0.95"] {
      let c = claim(.that(try proposition(text)), unit: ["search", "seed"])
      let d = clock.measure { _ = judge([c], with: ev) }
      print("BENCH", text, d)
    }
    let arch = (0..<140).map { Samples.Row(seed: Double($0), accuracy: stream.normal()) }
    let ev2 = Samples.evaluator(honest: arch, conventional: arch.map { var r = $0; r.accuracy += stream.normal(); return r })
    let c = claim(.that(try proposition("kendall(mean(honest.accuracy) per [seed], mean(conventional.accuracy) per [seed]) > 0.2")), unit: ["seed"])
    print("BENCH kendall", clock.measure { _ = judge([c], with: ev2) })
    let e = try expression("mean(honest.accuracy)")
    print("BENCH display", clock.measure { _ = try! ev.evaluate(e, units: ["search", "seed"]) })
  }
}
