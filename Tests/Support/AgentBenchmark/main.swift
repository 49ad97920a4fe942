import Agents
import Environments
import Experiments
import Glibc
import Parts
import Randomness

// agent-benchmark TASK ROUND: runs one task once and prints one line of JSON, which the driver in
// studies/benchmarks/agents collects.

/// Processor time of this process, user and system, in seconds.
func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func defaults(_ type: any Part.Type) -> Settings {
  var settings = Settings()
  for hyperparameter in type.hyperparameters { settings[hyperparameter.name] = hyperparameter.defaultValue }
  return settings
}

/// Steps a second once everything is allocated, and the seconds of the whole run.
func learn(_ agent: any Agent.Type, steps: Int, seed: UInt64) -> (rate: Double, total: Double) {
  let start = processorSeconds()
  let run = agent.init(defaults(agent)).start(
    AgentTask(environment: CartPole(defaults(CartPole.self)), steps: steps) {
      RandomStream(seed: seed, role: "benchmark", purpose: $0, index: $1)
    })
  let ready = processorSeconds()
  while run.steps < steps { run.advance() }
  let end = processorSeconds()
  return (Double(run.steps) / (end - ready), end - start)
}

/// Steps a second of 16 copies under random actions, which are drawn before the clock starts.
func play(_ environment: any Environment.Type, steps: Int, seed: UInt64) -> (rate: Double, total: Double) {
  var stream = RandomStream(seed: seed, role: "benchmark", purpose: "actions")
  let episodes = environment.init(defaults(environment)).start(
    copies: 16, stream: RandomStream(seed: seed, role: "benchmark", purpose: "episodes"), levels: .training)
  let table: [Int32] = (0..<4096).map { _ in
    guard case .choices(let count) = episodes.form.actions else { return 0 }
    return Int32(stream.below(count))
  }
  let start = processorSeconds()
  for t in 0..<steps / 16 {
    for i in 0..<16 { episodes.choices[i] = table[(t &* 16 &+ i) & 4095] }
    episodes.advance()
  }
  let seconds = processorSeconds() - start
  return (Double(steps) / seconds, seconds)
}

let arguments = CommandLine.arguments
guard arguments.count == 3, let round = UInt64(arguments[2]) else {
  fatalError("usage: \(arguments[0]) TASK ROUND")
}
let task = arguments[1]
let result: (rate: Double, total: Double)
if task.hasSuffix("-cartpole"), let agent = agentRegistry[String(task.dropLast("-cartpole".count))] {
  result = learn(agent, steps: 500_000, seed: round)
} else if let environment = environmentRegistry[task] {
  result = play(environment, steps: 2_000_000, seed: round)
} else {
  fatalError("there is no task '\(task)'")
}
print(
  "{\"task\": \"\(task)\", \"tool\": \"assay\", \"round\": \(round), \"steps-per-second\": \(result.rate), "
    + "\"total-seconds\": \(result.total)}")
