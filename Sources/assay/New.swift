import ArgumentParser
import Driver

struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the skeleton of a new study that already runs.")

  @Argument(help: "The file, such as studies/calibration/my-study.md.")
  var file: String

  func run() throws {
    try newStudy(file)
  }
}
