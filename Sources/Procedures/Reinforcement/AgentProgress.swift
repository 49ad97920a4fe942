import Agents
import Experiments
import Learning
import Parts

/// An agent's learning with its curves, saved now and then, so that an interrupted trial goes on where it was.
struct AgentProgress {
  /// The evaluations so far: after how many steps, the return, and the mean of the last 100 episodes of learning.
  private var points: [Double] = []
  private(set) var returns: [Double] = []
  private var trainingReturns: [Double] = []
  private let learning: any AgentRun
  private let evaluation: GreedyEvaluation
  private let context: TrialContext

  init(_ learning: any AgentRun, _ evaluation: GreedyEvaluation, _ context: TrialContext) {
    self.learning = learning
    self.evaluation = evaluation
    self.context = context
  }

  var curves: [Curve] {
    [
      Curve(name: "return", steps: points.map { Int($0) }, values: returns),
      Curve(name: "training-return", steps: points.map { Int($0) }, values: trainingReturns),
    ]
  }

  /// Goes to the state that was saved last, if any; from then on the bits are those of an undisturbed run.
  mutating func resume() throws {
    guard let state = try context.checkpoint() else { return }
    try exchange(StateArchive(restoring: state))
  }

  /// Learns to the end; false where what was learned is not finite.
  ///
  /// - Parameter marks: the steps to evaluate at, ascending; the last is the end.
  mutating func run(to end: Int, evaluatingAt marks: [Int]) throws -> Bool {
    while points.count < marks.count {
      while learning.steps < marks[points.count] {
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
      trainingReturns.append(recent.isEmpty ? .nan : recent.reduce(0, +) / Double(recent.count))
    }
    return true
  }

  private mutating func exchange(_ archive: StateArchive) throws {
    try TrainingProgress.exchange("points", &points, archive)
    try TrainingProgress.exchange("returns", &returns, archive)
    try TrainingProgress.exchange("training-returns", &trainingReturns, archive)
    try learning.exchange(archive)
  }
}
