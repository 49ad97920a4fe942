import Experiments
import Learning
import Parts

/// A training with its curves, saved now and then, so that an interrupted trial goes on where it was.
struct TrainingProgress {
  /// The recorded losses, and the values of the curve over the score rows.
  var losses: [Double] = []
  var scores: [Double] = []
  private let training: Training
  private let context: TrialContext

  init(_ training: Training, _ context: TrialContext) {
    self.training = training
    self.context = context
  }

  /// Goes to the state that was saved last, if any; from then on the bits are those of an undisturbed run.
  mutating func resume() throws {
    guard let state = try context.checkpoint() else { return }
    try exchange(StateArchive(restoring: state))
  }

  /// Trains to the end.
  ///
  /// - Parameter afterEpoch: told the epoch and its mean loss; may add to the curves.
  mutating func run(afterEpoch: (Int, Double, inout TrainingProgress) -> Void) throws -> TrainingEnd {
    var failure: (any Error)?
    var progress = self
    defer { self = progress }
    let end = training.run { epoch, loss in
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

  private mutating func exchange(_ archive: StateArchive) throws {
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
