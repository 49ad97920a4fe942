import ArgumentParser
import Driver

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find all mistakes without running anything.",
    discussion: "Opens no evaluation data for scoring, so it is not a look: iterate with 'check' and 'plan'.")

  @OptionGroup var study: StudyOptions

  func run() throws {
    if try !check(study.studies, profile: study.profile) { throw StatusCode.mistake }
  }
}
