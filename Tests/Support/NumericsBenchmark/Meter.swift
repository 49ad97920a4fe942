import Glibc

/// Processor time of this process, user and system, in milliseconds.
func processorMilliseconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
}

/// The most memory this process has held, in MiB.
func peakMebibytes() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_maxrss) / 1024
}

/// What one run of a task came to.
struct Measurement {
  /// Until the first unit (an epoch, a step or a fit) was done, compilation included.
  let firstMilliseconds: Double
  /// A later unit, on average; the first where there is no other.
  let milliseconds: Double
  /// Of held-out rows: the share that is right, or R².
  let score: Double

  func line(task: String, round: Int) -> String {
    "{\"task\": \"\(task)\", \"tool\": \"assay\", \"round\": \(round), \"first-milliseconds\": \(firstMilliseconds), "
      + "\"cpu-milliseconds\": \(milliseconds), \"score\": \(score), \"peak-memory-mib\": \(peakMebibytes())}"
  }
}
