import Experiments
import Learning
import Parts

/// A training with its curves, saved now and then, so that an interrupted trial goes on where it was; it may be part of a
/// run that an earlier trial began and a later one goes on with.
struct TrainingProgress {
  /// The recorded losses, and the values of the curve over the score rows.
  var losses: [Double] = []
  var scores: [Double] = []
  /// Epochs that were over, and what they had cost, when this trial took over.
  private(set) var start = 0
  private var before = CountedCost()
  private let training: Training
  private let context: TrialContext

  init(_ training: Training, _ context: TrialContext) {
    self.training = training
    self.context = context
  }

  /// What this trial's own epochs have cost.
  var cost: CountedCost {
    CountedCost(
      examples: training.cost.examples - before.examples, flops: training.cost.flops - before.flops)
  }

  /// Goes to the state that was saved last, if any, else to that of the run that the trial goes on from; from then on the
  /// bits are those of an undisturbed run.
  ///
  /// - Parameter end: where the trial is to stop, in epochs from the run's very start.
  mutating func resume(to end: Int) throws {
    if let state = try context.checkpoint() { return try exchange(StateArchive(restoring: state)) }
    guard let state = try context.continuedState() else { return }
    do {
      try training.exchange(StateArchive(restoring: state))
    } catch {
      throw ArtefactError.malformed("the run to go on from has another model or optimizer: \(error)")
    }
    guard training.epoch <= end else {
      throw ArtefactError.malformed("the run to go on from has \(training.epoch) epochs, more than \(end)")
    }
    (start, before) = (training.epoch, training.cost)
  }

  /// Trains to an epoch.
  ///
  /// - Parameter afterEpoch: told the epoch and its mean loss; may add to the curves.
  mutating func run(
    to end: Int, afterEpoch: (Int, Double, inout TrainingProgress) -> Void
  ) throws -> TrainingEnd {
    var failure: (any Error)?
    var progress = self
    defer { self = progress }
    let end = training.run(to: end) { epoch, loss in
      afterEpoch(epoch, loss, &progress)
      guard failure == nil, context.isCheckpointDue else { return }
      do {
        let archive = StateArchive()
        try progress.exchange(archive)
        try context.save(checkpoint: archive.bytes)
      } catch { failure = error }
    }
    if let failure { throw failure }
    return end
  }

  /// The state for a later trial to go on from, where the study asks for it.
  func kept() throws -> [Artefact] {
    try context.keep {
      let archive = StateArchive()
      try training.exchange(archive)
      return archive.bytes
    }
  }

  private mutating func exchange(_ archive: StateArchive) throws {
    try archive.exchange("start", &start)
    try archive.exchange("examples-before", &before.examples)
    try archive.exchange("flops-before", &before.flops)
    try Self.exchange("losses", &losses, archive)
    try Self.exchange("scores", &scores, archive)
    try training.exchange(archive)
  }

  static func exchange(_ name: String, _ values: inout [Double], _ archive: StateArchive) throws {
    var count = values.count
    try archive.exchange(name + "-count", &count)
    if archive.isRestoring { values = [Double](repeating: 0, count: count) }
    try archive.exchange(name, &values)
  }
}
