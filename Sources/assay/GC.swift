import ArgumentParser
import Driver

struct GC: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Free the stored trials that no study refers to.",
    discussion: """
      Name all studies that use the store. Trials of any of their profiles stay, and so do selections, looks and \
      ledgers. See with --dry-run first.
      """)

  @Argument(help: "All studies, or folders of studies, that use the store.")
  var studies: [String] = ["studies"]

  @OptionGroup var store: StoreOptions

  @Flag(help: "Only say what would be freed.")
  var dryRun = false

  func run() throws {
    if try !collectGarbage(studies, store: store.store, isDry: dryRun) { throw StatusCode.mistake }
  }
}
