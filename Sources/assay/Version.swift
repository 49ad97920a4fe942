import ArgumentParser
import Driver

struct Version: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the version and the numerics fingerprint that results depend on.")

  func run() throws {
    print("assay \(assayVersion)")
    print("numerics \(numericsDescription())")
  }
}
