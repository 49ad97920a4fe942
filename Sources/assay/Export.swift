import ArgumentParser
import Driver

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print an experiment's tidy table as CSV: one finished trial a row.",
    discussion: "Only trials that are in the store; 'assay build' runs what is missing.")

  @Argument(help: "The study.")
  var study: String

  @Argument(help: "The block: an experiment, or NAME.tuning or NAME.steps for its other tables.")
  var block: String

  @Option(help: "The profile.")
  var profile = "full"

  @OptionGroup var store: StoreOptions

  func run() throws {
    if try !export(block, of: study, profile: profile, store: store.store) { throw StatusCode.mistake }
  }
}
