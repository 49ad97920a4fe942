import ArgumentParser
import Driver

/// Runs trials handed over on standard input; started by `build`, never by people.
struct Worker: ParsableCommand {
  static let configuration = CommandConfiguration(shouldDisplay: false)

  @Option var home: String
  @Option var files: String

  func run() throws {
    try serveTrials(home: home, files: files)
  }
}
