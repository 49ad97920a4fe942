import ArgumentParser
import Driver

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a trial: its configuration, outcome, curves, cost and log.")

  @Argument(help: "The trial's key or the first digits of it, as the last column of 'export' gives them.")
  var trial: String

  @OptionGroup var store: StoreOptions

  func run() throws {
    try show(trial, store: store.store)
  }
}
