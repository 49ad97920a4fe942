import Environments
import Experiments
import Learning
import Parts
import Randomness

/// What a study writes under `agent`: a way to learn to act.
package protocol Agent: Part {
  /// Why it cannot act in environments of that form; nil where it can.
  func refusal(_ form: EnvironmentForm) -> String?
  /// Starts learning; all memory is allocated here.
  func start(_ task: AgentTask) -> any AgentRun
}

/// What an agent learns in, for how long, and where its randomness comes from.
package struct AgentTask {
  package let environment: any Environment
  /// The environment steps of the whole run, which schedules are stretched over.
  package let steps: Int
  package let stream: (_ purpose: String, _ index: Int) -> RandomStream

  package init(
    environment: any Environment, steps: Int,
    stream: @escaping (_ purpose: String, _ index: Int) -> RandomStream
  ) {
    self.environment = environment
    self.steps = steps
    self.stream = stream
  }

  /// Copies of the environment to learn in.
  func episodes(copies: Int) -> Episodes {
    environment.start(copies: copies, stream: stream("environment", 0), levels: .training)
  }
}

/// Learning under way. Between two calls of `advance` it can be saved by `exchange`, and gone on with elsewhere to
/// the same bits; its randomness comes from streams named by purpose and counter.
package protocol AgentRun: AnyObject {
  /// Environment steps taken, over all copies.
  var steps: Int { get }
  /// The episodes that ended while learning.
  var log: EpisodeLog { get }
  /// Examples and operations of all training so far; acting is left out.
  var cost: CountedCost { get }
  /// Whether what it has learned is still finite.
  var isFinite: Bool { get }
  /// Acts and learns for the smallest number of steps it can; allocates nothing but in `log`.
  func advance()
  /// The policy as it is now, without exploration, for that many copies. It follows the run's later learning.
  func policy(copies: Int) -> any Policy
  /// Saves or restores everything later steps depend on.
  func exchange(_ archive: StateArchive) throws
}

/// Chooses actions.
package protocol Policy: AnyObject {
  /// Writes an action for what each copy observes now.
  func act(in episodes: Episodes)
}
