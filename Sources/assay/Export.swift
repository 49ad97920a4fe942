import ArgumentParser
import Driver

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print an experiment's tidy table: one finished trial a row.",
    discussion: "Only trials that are in the store; 'assay build' runs what is missing.")

  @Argument(help: "The study.")
  var study: String

  @Argument(help: "The block: an experiment, or NAME.tuning or NAME.steps for its other tables.")
  var block: String

  @Option(help: "The profile.")
  var profile = "full"

  @Option(help: "'csv', or 'jsonl' for one JSON object a line.")
  var format = ExportFormat.csv

  @OptionGroup var store: StoreOptions

  func run() throws {
    if try !export(block, of: study, profile: profile, store: store.store, format: format) {
      throw StatusCode.mistake
    }
  }
}

extension ExportFormat: ExpressibleByArgument {}
