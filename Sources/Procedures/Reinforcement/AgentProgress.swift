import Agents
import Experiments
import Learning
import Parts

/// An agent's learning with its curves, saved now and then, so that an interrupted trial goes on where it was; it may be
/// part of a run that an earlier trial began and a later one goes on with.
struct AgentProgress {
  /// The evaluations so far: after how many steps, and the mean return.
  private var points: [Double] = []
  private(set) var returns: [Double] = []
  /// The mean of the last 100 episodes of learning, from when one was over.
  private var trainingReturns: [Double] = []
  /// The run under the settings of the present stretch.
  private(set) var learning: any AgentRun
  private var stretch = 0
  /// Steps that were taken, and what they had cost, when this trial took over.
  private(set) var start = 0
  private var before = CountedCost()
  private let runs: [(end: Int, start: () throws -> any AgentRun)]
  private let evaluation: GreedyEvaluation
  private let context: TrialContext

  /// - Parameter runs: how the run starts under the settings of each stretch, and the step that ends it.
  init(
    _ runs: [(end: Int, start: () throws -> any AgentRun)], _ evaluation: GreedyEvaluation,
    _ context: TrialContext
  ) throws {
    self.runs = runs
    learning = try runs[0].start()
    self.evaluation = evaluation
    self.context = context
  }

  var curves: [Curve] {
    [
      Curve(name: "return", steps: points.map { Int($0) }, values: returns),
      Curve(
        name: "training-return", steps: points.suffix(trainingReturns.count).map { Int($0) },
        values: trainingReturns),
    ]
  }

  /// What this trial's own steps have cost.
  var cost: CountedCost {
    CountedCost(
      examples: learning.cost.examples - before.examples, flops: learning.cost.flops - before.flops)
  }

  /// Goes to the state that was saved last, if any, else to that of the run that the trial goes on from; from then on the
  /// bits are those of an undisturbed run.
  mutating func resume() throws {
    if let state = try context.checkpoint() { return try exchange(StateArchive(restoring: state)) }
    guard let state = try context.continuedState() else { return }
    do {
      try learning.exchange(StateArchive(restoring: state))
    } catch {
      throw ArtefactError.malformed("the run to go on from has another agent or environment: \(error)")
    }
    (start, before) = (learning.steps, learning.cost)
  }

  /// The state for a later trial to go on from, where the study asks for it.
  func kept() throws -> [Artefact] {
    try context.keep {
      let archive = StateArchive()
      try learning.exchange(archive)
      return archive.bytes
    }
  }

  /// Learns to the end; false where what was learned is not finite.
  ///
  /// - Parameter marks: the steps to evaluate at, ascending; the last is the end.
  mutating func run(evaluatingAt marks: [Int]) throws -> Bool {
    while points.count < marks.count {
      while learning.steps < marks[points.count] {
        while learning.steps >= runs[stretch].end && stretch + 1 < runs.count { try goOn() }
        learning.advance()
        guard context.isCheckpointDue else { continue }
        let archive = StateArchive()
        try exchange(archive)
        try context.save(checkpoint: archive.bytes)
      }
      guard learning.isFinite else { return false }
      let recent = learning.log.returns.suffix(100)
      points.append(Double(learning.steps))
      returns.append(evaluation.meanReturn(of: learning))
      if !recent.isEmpty { trainingReturns.append(recent.reduce(0, +) / Double(recent.count)) }
    }
    return true
  }

  /// Goes on under the settings of the next stretch.
  private mutating func goOn() throws {
    let archive = StateArchive()
    try learning.exchange(archive)
    stretch += 1
    learning = try runs[stretch].start()
    try learning.exchange(StateArchive(restoring: archive.bytes))
  }

  private mutating func exchange(_ archive: StateArchive) throws {
    try TrainingProgress.exchange("points", &points, archive)
    try TrainingProgress.exchange("returns", &returns, archive)
    try TrainingProgress.exchange("training-returns", &trainingReturns, archive)
    try archive.exchange("start", &start)
    try archive.exchange("examples-before", &before.examples)
    try archive.exchange("flops-before", &before.flops)
    let present = stretch
    try archive.exchange("stretch", &stretch)
    if stretch != present { learning = try runs[stretch].start() }
    try learning.exchange(archive)
  }
}
