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
