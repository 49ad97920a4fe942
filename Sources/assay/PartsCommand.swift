import ArgumentParser
import Driver

struct PartsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parts",
    abstract: "List the registered parts, or explain one with its settings.")

  @Argument(help: "A part's name; without one all parts are listed.")
  var name: String?

  @Flag(help: "Print the manual's reference page.")
  var markdown = false

  func run() throws {
    print(try partsText(name: name, markdown: markdown), terminator: "")
  }
}
