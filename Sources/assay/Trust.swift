import ArgumentParser
import Driver

struct Trust: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Let studies run the programs they declare, as these are now.",
    discussion: """
      A study whose experiments run programs of its author (procedure 'command') is built only when you trust it. Read \
      the study and the files it declares first. What is remembered is their digest: after any change you are asked again.
      """)

  @Argument(help: "Studies.")
  var studies: [String]

  @Option(help: "The file that remembers; your own where silent.")
  var list: String?

  func run() throws {
    if try !trust(studies, list: list) { throw StatusCode.mistake }
  }
}
