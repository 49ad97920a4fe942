import Experiments
@preconcurrency import Glibc
import TrialStore

/// A long trial that goes on from its checkpoint: a chain of 2,000 steps, each from the number before; every tenth is
/// saved. It tells a file named in its settings the step that it begins with.
func walk(_ specification: TrialSpecification, _ files: TrialFolder) throws -> Outcome {
  var step = 0
  var number = UInt64(specification.seed.seed)
  if let state = try files.checkpoint(of: specification.key) {
    let saved = String(decoding: state, as: UTF8.self).split(separator: " ")
    (step, number) = (Int(saved[0])!, UInt64(saved[1])!)
  }
  let log = fopen(specification.settings.text("log"), "a")
  fputs("\(step)\n", log)
  fclose(log)
  while step < 2000 {
    number = (number ^ UInt64(step)) &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    step += 1
    if step % 10 == 0 { try files.save(Array("\(step) \(number)".utf8), of: specification.key) }
    usleep(200)
  }
  return Outcome(
    status: .finished, measures: ["number": Double(number >> 11)], curves: [],
    cost: CountedCost(examples: step))
}
