import Driver
import Execution
import Experiments
import Foundation

/// One study of so many trials: cold, warm and unchanged builds, `plan` and `why`.
struct BuildBench {
  let folder: String
  let size: Int

  func run(_ series: inout Series) throws {
    let study = folder + "/studies/bench.md"
    try write(BuildBench.study(trials: size), to: study)
    let ran = try series.time("cold build", size) { try build() }
    precondition(ran == size, "\(ran) trials ran, not \(size)")
    try FileManager.default.removeItem(atPath: folder + "/output")
    let again = try series.time("warm build of the report", size) { try build() }
    let unchanged = try series.time("build with nothing changed", size) { try build() }
    precondition(again == 0 && unchanged == 0)
    try series.time("plan", size) {
      try silently { _ = try plan([study], profile: "full", store: store, workers: 2) }
    }
    try series.time("why, all hits", size) {
      try silently { _ = try why([study], profile: "full", store: store, each: false) }
    }
    try write(BuildBench.study(trials: size, epochs: 4), to: study)
    try series.time("why, all misses", size) {
      try silently { _ = try why([study], profile: "full", store: store, each: false) }
    }
  }

  private var store: String { folder + "/store.sqlite" }

  private func build() throws -> Int {
    try Driver.build(
      BuildRequest(
        studies: [folder + "/studies"], profile: "full", output: folder + "/output", store: store, workers: 0,
        display: .nothing)
    ) { InProcessExecutor(run: inventedOutcome) }.trialsRun
  }

  /// A hundred seeds in each of many cells; every trial is an evaluation trial.
  static func study(trials: Int, epochs: Int = 3) -> String {
    let seeds = min(100, trials / 10)
    let cells = trials / seeds / 10
    let rates = (1...cells).map { "\(Double($0) / 100_000)" }.joined(separator: ", ")
    return """
      ---
      title: A study of \(trials) trials
      unit: seed
      ---

      The mean accuracy is `= mean(e.accuracy)`.

      ```experiment e
      protocol: sweep
      procedure: classifier
      data: iris
      with: {epochs: \(epochs)}
      vary:
        with.batch-size: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
        with.learning-rate: [\(rates)]
      evaluate: {data: {fit: part 1-4 of 5, score: part 5 of 5}, seeds: 0 .. \(seeds - 1)}
      measure: accuracy
      ```

      ```table results
      from: e
      rows: with.batch-size
      columns: [accuracy]
      ```
      """
  }
}

/// A hundred small studies: a build with nothing changed, and one after an edit of prose.
struct ManyStudiesBench {
  let folder: String

  func run(_ series: inout Series) throws {
    let count = 100
    for number in 0..<count {
      try write(
        BuildBench.study(trials: 100).replacing("A study of", with: "Study \(number) of"),
        to: "\(folder)/studies/study-\(number).md")
    }
    try build("studies")
    try series.time("100 studies, nothing changed", count) { try build("studies") }
    for path in ["studies/study-7.md"] {
      let text = try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
      try write(text.replacing("The mean accuracy", with: "The accuracy"), to: "\(folder)/\(path)")
    }
    try series.time("an edit of prose in one of 100 studies", 1) { try build("studies/study-7.md") }
  }

  private func build(_ study: String) throws {
    _ = try Driver.build(
      BuildRequest(
        studies: ["\(folder)/\(study)"], profile: "full", output: folder + "/output",
        store: folder + "/store.sqlite", workers: 0, display: .nothing)
    ) { InProcessExecutor(run: inventedOutcome) }
  }
}

/// An outcome with two curves of 20 steps, made from the trial's key.
func inventedOutcome(_ specification: TrialSpecification) -> Outcome {
  let bytes = specification.key.digest.bytes
  func value(_ place: Int) -> Double {
    (0..<6).reduce(0) { ($0 + Double(bytes[(place + 5 * $1) % 32])) / 256 }
  }
  var measures = ["fit-rows": 120.0, "score-rows": 30]
  for (place, request) in specification.measures.enumerated() { measures[request.column] = value(place) }
  let steps = Array(1...20)
  return Outcome(
    status: .finished, measures: measures,
    curves: ["fit-loss", "score-accuracy"].enumerated().map { number, name in
      Curve(name: name, steps: steps, values: steps.map { value($0 + 11 * number) })
    }, cost: CountedCost(examples: 360, flops: 17_280))
}

func write(_ text: String, to path: String) throws {
  try FileManager.default.createDirectory(
    atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
  try Data(text.utf8).write(to: URL(fileURLWithPath: path))
}

/// Runs `body` with standard output closed to it.
func silently(_ body: () throws -> Void) throws {
  let kept = dup(STDOUT_FILENO)
  let nothing = open("/dev/null", O_WRONLY)
  dup2(nothing, STDOUT_FILENO)
  defer {
    dup2(kept, STDOUT_FILENO)
    close(kept)
    close(nothing)
  }
  try body()
}
