// tuners-benchmark quality TUNER OBJECTIVE TRIALS FIRST-SEED END-SEED: the best value after 50 and after all trials, one
//   line of JSON a seed.
// tuners-benchmark reference OBJECTIVE: its optimum and the median of 100,000 random configurations.
// tuners-benchmark speed TUNER COUNT: processor time of an ask with COUNT trials told, in a space of six numbers.
// tuners-benchmark serve TUNER OBJECTIVE TRIALS SEED: writes configurations, reads one loss a line.

import Experiments
import Glibc
import Parts
import Randomness
import Tuners

func tuner(_ name: String) -> any Tuner {
  guard let type = tunerRegistry[name] else { fatalError("there is no tuner '\(name)'") }
  var settings = Settings()
  for hyperparameter in type.hyperparameters { settings[hyperparameter.name] = hyperparameter.defaultValue }
  return type.init(settings)
}

func search(_ name: String, _ space: Space, trials: Int, seed: Int) -> any TunerSearch {
  tuner(name).search(space, budget: SearchBudget(trials: trials)) {
    RandomStream(seed: UInt64(seed), role: "benchmark", purpose: $0, index: $1)
  }
}

func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func quality(_ name: String, _ objective: String, trials: Int, seed: Int) {
  guard let problem = Objective[objective] else { fatalError("there is no objective '\(objective)'") }
  let start = processorSeconds()
  var search = search(name, problem.space, trials: trials, seed: seed)
  var values: [Double] = []
  while true {
    let batch = search.ask()
    if batch.isEmpty { break }
    let losses = batch.map { problem.value($0.configuration) }
    search.tell(losses.map { -$0 })
    values += losses
  }
  print(
    "{\"seed\": \(seed), \"best50\": \(values.prefix(50).min()!), \"best\": \(values.min()!), "
      + "\"seconds\": \(processorSeconds() - start)}")
}

/// The median over asks after the first two of the processor time of one.
func speed(_ name: String, count: Int) {
  let space = Space(
    (0..<6).map {
      Dimension(name: "x\($0)", path: ["x\($0)"], domain: .number(from: 0, to: 1, logarithmic: false))
    })
  func loss(_ configuration: Settings) -> Double {
    configuration.pairs.reduce(0) { $0 + ($1.value.number! - 0.3) * ($1.value.number! - 0.3) }
  }
  let measured = 200
  var search = search(name, space, trials: count + measured + 2, seed: 0)
  var times: [Double] = []
  var asked = 0
  while times.count < measured + 2 {
    let start = processorSeconds()
    let batch = search.ask()
    let seconds = processorSeconds() - start
    if batch.isEmpty { break }
    if asked >= count { times.append(seconds / Double(batch.count)) }
    asked += batch.count
    search.tell(batch.map { -loss($0.configuration) })
  }
  let sorted = times.dropFirst(2).sorted()
  print("{\"asks-per-second\": \(1 / sorted[sorted.count / 2])}")
}

func serve(_ name: String, _ objective: String, trials: Int, seed: Int) {
  guard let space = Objective[objective]?.space ?? (objective == "digits" ? digitsSpace : nil) else {
    fatalError("there is no objective '\(objective)'")
  }
  var search = search(name, space, trials: trials, seed: seed)
  while true {
    let batch = search.ask()
    if batch.isEmpty { break }
    var scores: [Double?] = []
    for suggestion in batch {
      let fields = suggestion.configuration.pairs.map { name, value in
        value.number.map { "\"\(name)\": \($0)" } ?? "\"\(name)\": \"\(value.label)\""
      }
      print("{\(fields.joined(separator: ", "))}")
      fflush(nil)
      scores.append(readLine().flatMap(Double.init).map { -$0 })
    }
    search.tell(scores)
  }
}

let arguments = CommandLine.arguments
switch arguments.count > 1 ? arguments[1] : "" {
case "quality" where arguments.count == 7:
  for seed in Int(arguments[5])!..<Int(arguments[6])! {
    quality(arguments[2], arguments[3], trials: Int(arguments[4])!, seed: seed)
  }
case "reference" where arguments.count == 3:
  guard let problem = Objective[arguments[2]] else { fatalError("there is no objective '\(arguments[2])'") }
  print("{\"optimum\": \(problem.optimum), \"reference\": \(problem.reference)}")
case "speed" where arguments.count == 4: speed(arguments[2], count: Int(arguments[3])!)
case "serve" where arguments.count == 6:
  serve(arguments[2], arguments[3], trials: Int(arguments[4])!, seed: Int(arguments[5])!)
default: fatalError("usage: see the head of main.swift")
}
