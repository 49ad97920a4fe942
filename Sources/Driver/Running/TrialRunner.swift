import Commands
import Datasets
import Experiments
import Procedures
import TrialStore

/// Runs trials, whether their procedure is a registered part or an author's program.
final class TrialRunner {
  private let library: DataLibrary
  private let files: TrialFolder
  private let commands: CommandRunner

  init(library: DataLibrary, files: TrialFolder) {
    self.library = library
    self.files = files
    commands = CommandRunner(library: library, files: files)
  }

  func run(_ trial: TrialSpecification) throws -> Outcome {
    if let command = trial.command { return try commands.run(command, trial) }
    return try runTrial(trial, library: library, files: files)
  }
}
