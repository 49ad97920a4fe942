import Agents
import Environments
import Experiments
import Foundation
import Parts
import Randomness

/// All defaults of a part, but for what is given.
func completeSettings(_ type: any Part.Type, _ given: [String: Setting] = [:]) -> Settings {
  var settings = Settings()
  for hyperparameter in type.hyperparameters {
    settings[hyperparameter.name] = given[hyperparameter.name] ?? hyperparameter.defaultValue
  }
  for name in given.keys { precondition(settings[name] != nil, "there is no setting '\(name)'") }
  return settings
}

func environment(_ name: String, _ given: [String: Setting] = [:]) -> any Environment {
  let type = environmentRegistry[name]!
  return type.init(completeSettings(type, given))
}

func start(
  _ agent: String, _ given: [String: Setting] = [:], in world: any Environment, steps: Int, seed: Int = 1
) -> any AgentRun {
  let type = agentRegistry[agent]!
  return type.init(completeSettings(type, given)).start(
    AgentTask(environment: world, steps: steps) {
      RandomStream(seed: UInt64(seed), role: "test", purpose: $0, index: $1)
    })
}

/// The mean return of so many episodes under the run's policy.
func greedyReturn(_ run: any AgentRun, in world: any Environment, episodes count: Int, seed: UInt64 = 77)
  -> Double
{
  let copies = world.start(
    copies: count, stream: RandomStream(seed: seed, role: "test", purpose: "evaluation"), levels: .testing)
  let policy = run.policy(copies: count)
  var returns = [Double?](repeating: nil, count: count)
  while returns.contains(nil) {
    policy.act(in: copies)
    copies.advance()
    for i in 0..<count where copies.ends[i] != .goesOn && returns[i] == nil { returns[i] = copies.returns[i] }
  }
  return returns.reduce(0) { $0 + $1! } / Double(count)
}

func stream(_ purpose: String) -> RandomStream { RandomStream(seed: 1, role: "test", purpose: purpose) }

/// The vectors a script recorded in `References`: a label and numbers on each line.
func recordedVectors(_ name: String) throws -> [String: [Double]] {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("References/\(name)")
  var vectors: [String: [Double]] = [:]
  for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
    let words = line.split(separator: " ")
    vectors[String(words[0])] = words.dropFirst().map { Double($0)! }
  }
  return vectors
}
