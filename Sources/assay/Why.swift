import ArgumentParser
import Driver

struct Why: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say which trials the store has, and what keeps the others from being found there.",
    discussion: """
      A trial is found again when every field of its key is equal: procedure and parts with their revisions, settings, \
      rows and content of the data, seed, measures and numerics. For each trial that is not, the field is named in \
      which it differs from the nearest one that is there. Runs nothing and is no look.
      """)

  @OptionGroup var study: StudyOptions
  @OptionGroup var store: StoreOptions

  @Flag(help: "Print a line for every trial.")
  var trials = false

  func run() throws {
    if try !why(study.studies, profile: study.profile, store: store.store, each: trials) {
      throw StatusCode.mistake
    }
  }
}
