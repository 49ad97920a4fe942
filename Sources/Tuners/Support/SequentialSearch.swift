import Experiments
import Parts
import Randomness

/// What suggests configurations from those scored so far: the model in a model-based search.
protocol Proposer {
  /// - Parameters:
  ///   - count: how many to propose; fewer are allowed, and what was tried before is passed over.
  ///   - fixed: values the proposals have, by place in the space.
  ///   - random: the stream of the first one's number.
  mutating func propose(
    _ count: Int, after history: History, fixed: [Int: Setting], random: inout RandomStream
  ) -> [Settings]
}

/// A search that starts from an even design and then asks a proposer, in batches.
///
/// The design is the space's start, where declared, followed by points of a scrambled Sobol sequence. A configuration
/// is never tried twice: where the proposer has nothing new, one is drawn at random, and where `patience` draws bring
/// nothing new the search is over. In a space with branches every second batch is within the structure that lacks tries
/// most, until none does.
struct SequentialSearch<Model: Proposer>: TunerSearch {
  private let budget: SearchBudget
  private let batch: Int
  private let stream: @Sendable (String, Int) -> RandomStream
  private var design: [Settings]
  private var model: Model
  private var history: History
  private var asked: [Settings] = []
  private var structures: Structures
  private var batches = 0

  private let patience = 200

  /// - Parameters:
  ///   - initial: size of the design.
  ///   - batch: how many configurations are asked for at once after it.
  init(
    _ space: Space, _ budget: SearchBudget, initial: Int, batch: Int, model: Model,
    stream: @escaping @Sendable (String, Int) -> RandomStream
  ) {
    self.budget = budget
    self.batch = batch
    self.stream = stream
    self.model = model
    history = History(space)
    structures = Structures(space, limit: budget.trials / 8)
    let count = min(initial, budget.trials)
    let sequence = SobolSequence(dimensions: space.dimensions.count, scrambledBy: stream)
    var design = space.start.map { space.allows($0) ? [$0] : [] } ?? []
    for point in sequence.configurations(space, count: count)
    where !design.contains(point) && design.count < count {
      design.append(point)
    }
    self.design = design
  }

  mutating func ask() -> [Suggestion] {
    let room = budget.trials - history.count
    guard room > 0 else { return [] }
    if history.count == 0 {
      asked = design
    } else {
      var random = stream("suggestion", history.count)
      asked = []
      let wanted = min(batch, room)
      batches += 1
      let fixed = batches % 2 == 1 ? structures.neglected(in: history) ?? [:] : [:]
      for proposal in model.propose(wanted, after: history, fixed: fixed, random: &random)
      where asked.count < wanted && !history.contains(proposal) && !asked.contains(proposal) {
        asked.append(proposal)
      }
      var draws = 0
      while asked.count < wanted, draws < patience {
        let drawn = history.space.draw(&random)
        draws += 1
        if history.space.allows(drawn), !history.contains(drawn), !asked.contains(drawn) {
          asked.append(drawn)
        }
      }
    }
    return asked.map { Suggestion($0, budget: budget.units) }
  }

  mutating func tell(_ scores: [Double?]) {
    for (configuration, score) in zip(asked, scores) { history.add(configuration, score: score) }
    asked = []
  }
}

extension Hyperparameter {
  /// Size of the design.
  static let initial = Hyperparameter(
    "initial", .integer(1...1_000_000), default: .integer(10), "configurations before the model is used")
  static let batch = Hyperparameter(
    "batch", .integer(1...10_000), default: .integer(1), "configurations asked for at once")
}
