// intervals-benchmark TASK ROUND: runs one task and prints one line of JSON, which the driver in
// studies/benchmarks/intervals collects.

import Glibc
import Statistics

/// Processor time of this process in milliseconds.
func processorMilliseconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
}

/// Numbers in [0, 1) that every tool makes alike: the fractional parts of multiples of the golden ratio's inverse.
func score(_ place: Int) -> Double {
  let multiple = Double(place + 1) * 0.6180339887498949
  return multiple - multiple.rounded(.down)
}

/// The intervals, with how many resamples each rests on.
func intervals(_ task: String, round: Int) -> (draws: Int, intervals: [(lower: Double, upper: Double)]) {
  switch task {
  case "iqm":
    // Three algorithms, five tasks, ten runs.
    let draws = 50_000
    return (
      draws,
      (0..<3).map { algorithm in
        let scores = (0..<5).map { task in (0..<10).map { score(50 * algorithm + 10 * task + $0) } }
        return aggregateDistribution(scores, draws: draws, seed: UInt64(round))!.interval(0.95)
      }
    )
  case "paired-items":
    let draws = 10_000
    let differences = (0..<1_000_000).map { score($0) - score(7 * $0 + 3) }
    return (draws, [ItemBootstrap(differences)!.distribution(draws: draws, seed: UInt64(round)).interval(0.95)])
  default: fatalError("there is no task '\(task)'")
  }
}

let arguments = CommandLine.arguments
guard arguments.count == 3, let round = Int(arguments[2]) else { fatalError("usage: \(arguments[0]) TASK ROUND") }
let start = processorMilliseconds()
let found = intervals(arguments[1], round: round)
let spent = processorMilliseconds() - start
var usage = rusage()
getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
print(
  "{\"task\": \"\(arguments[1])\", \"tool\": \"assay\", \"round\": \(round), \"cpu-milliseconds\": \(spent), "
    + "\"resamples\": \(found.draws), \"microseconds-a-resample\": \(spent * 1000 / Double(found.draws)), "
    + "\"lower\": \(found.intervals[0].lower), \"upper\": \(found.intervals[0].upper), "
    + "\"peak-memory-mib\": \(Double(usage.ru_maxrss) / 1024)}")
