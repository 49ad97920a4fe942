import Agents
import Environments
import Experiments
import Learning
import Parts

/// Lets an agent learn as `agent` does, then films one episode of its policy: where the environment's moving parts are in
/// each of up to 20 frames, evenly spread over the episode.
///
/// Parts are numbered from the fixed to the loose end; where an environment has fewer than three, the last stands for the
/// others. Environments without such a picture, such as those of MinAtar, give 0.
package struct Episode: Procedure {
  package static let name = "episode"
  package static let revision = 1
  package static let summary = "lets an agent learn and films one episode of its policy"
  package static let hyperparameters = AgentTrial.hyperparameters.filter {
    ["environment", "agent", "steps"].contains($0.name)
  }
  package static let roles: [DataRole] = []
  package static let predictions: TargetKind? = nil
  package static let columns =
    [
      OwnColumn("return", .trial, "undiscounted return of the episode", largerIsBetter: true),
      OwnColumn("length", .trial, "steps of the episode"),
    ]
    + ["first", "second", "third"].flatMap { part in
      ["x", "y"].map {
        OwnColumn("\(part)-\($0)", .steps, "\($0) of the \(part) part, by the step of the episode")
      }
    }

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func run(_ context: TrialContext) throws -> Outcome {
    let (world, run) = try AgentTrial.start(settings, context)
    while run.steps < settings.integer("steps") { run.advance() }
    guard run.isFinite else {
      return Outcome(
        status: .diverged("a parameter not finite after \(run.steps) steps"), measures: [:], curves: [],
        cost: run.cost)
    }
    let stage = world.start(copies: 1, stream: context.stream("evaluation-episodes"), levels: .testing)
    let policy = run.policy(copies: 1)
    var frames = [stage.parts(ofCopy: 0)]
    repeat {
      policy.act(in: stage)
      stage.advance()
      // After its end a copy is in the next episode already.
      if stage.ends[0] == .goesOn { frames.append(stage.parts(ofCopy: 0)) }
    } while stage.ends[0] == .goesOn
    let count = min(frames.count, 20)
    let kept = (0..<count).map { $0 * (frames.count - 1) / max(count - 1, 1) }
    func curve(_ name: String, _ part: Int, _ number: Int) -> Curve {
      Curve(
        name: name, steps: kept,
        values: kept.map { frames[$0].isEmpty ? 0 : frames[$0][min(part, frames[$0].count - 1)][number] })
    }
    return Outcome(
      status: .finished, measures: ["return": stage.returns[0], "length": Double(stage.lengths[0])],
      curves: ["first", "second", "third"].enumerated().flatMap { part, name in
        [curve("\(name)-x", part, 0), curve("\(name)-y", part, 1)]
      }, cost: run.cost)
  }
}
