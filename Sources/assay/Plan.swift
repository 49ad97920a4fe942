import ArgumentParser
import Driver

struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what would run, how long it would take, and which looks it would be.",
    discussion: "Time and disk are forecast from what trials like these have cost before. Runs nothing.")

  @OptionGroup var study: StudyOptions
  @OptionGroup var store: StoreOptions

  @Option(help: "Worker processes to forecast for; one a core where silent.")
  var workers: Int?

  func run() throws {
    if try !plan(study.studies, profile: study.profile, store: store.store, workers: workers) {
      throw StatusCode.mistake
    }
  }
}
