import ArgumentParser
import Driver

/// Options of commands that read studies.
struct StudyOptions: ParsableArguments {
  @Argument(help: "Studies, or folders of studies.")
  var studies: [String] = ["studies"]

  @Option(help: "The profile: 'full' is the document itself, 'quick' what its front matter restricts it to.")
  var profile = "full"
}

/// Where trials are kept.
struct StoreOptions: ParsableArguments {
  @Option(help: "The SQLite file that keeps every trial.")
  var store = ".assay/store.sqlite"
}

/// How trials are run.
struct RunOptions: ParsableArguments {
  @Option(help: "Worker processes; one a core where silent, 0 runs trials inside this process.")
  var workers: Int?

  @Option(help: "Seconds after which a trial is stopped; an hour where silent.")
  var timeLimit: Double?

  @Option(
    help: "Mebibytes that a worker may hold; where silent an equal share of nine tenths of the memory.")
  var memoryLimit: Int?

  var memoryLimitBytes: Int? { memoryLimit.map { $0 << 20 } }

  func validate() throws {
    if let workers, workers < 0 { throw ValidationError("--workers must be 0 or more") }
    if let timeLimit, timeLimit <= 0 { throw ValidationError("--time-limit must be more than 0") }
    if let memoryLimit, memoryLimit <= 0 { throw ValidationError("--memory-limit must be more than 0") }
  }
}
