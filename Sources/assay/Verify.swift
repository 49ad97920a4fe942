import ArgumentParser
import Driver

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a sample of stored trials again and compare their bits.",
    discussion: "Exits with 1 where a trial gives other bits or fails. The store stays as it is.")

  @OptionGroup var study: StudyOptions
  @OptionGroup var store: StoreOptions

  @Option(help: "How many trials.")
  var trials = 10

  @Option(help: "Chooses the trials; the same seed, the same ones.")
  var seed = 0

  @OptionGroup var running: RunOptions

  func validate() throws {
    if trials < 1 { throw ValidationError("--trials must be 1 or more") }
  }

  func run() throws {
    let request = VerifyRequest(
      studies: study.studies, profile: study.profile, store: store.store, count: trials, seed: seed,
      workers: running.workers, timeLimitSeconds: running.timeLimit,
      memoryLimitBytes: running.memoryLimitBytes)
    switch try verify(request) {
    case .same: break
    case .different: throw StatusCode.trialFailed
    case .mistaken: throw StatusCode.mistake
    }
  }
}
