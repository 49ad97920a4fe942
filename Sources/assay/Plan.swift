import ArgumentParser
import Driver

struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what would run: cells, searches, trials and looks of every experiment.")

  @OptionGroup var study: StudyOptions

  func run() throws {
    if try !plan(study.studies, profile: study.profile) { throw StatusCode.mistake }
  }
}
