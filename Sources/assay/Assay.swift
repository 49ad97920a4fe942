import ArgumentParser
import Diagnostics
import Driver
import Foundation

/// The command-line tool. Each command is a thin face over `Driver`.
@main
struct Assay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assay",
    abstract: "Markdown studies in, honest reports out.",
    discussion: """
      A study is a Markdown file with experiments in it. Assay runs them under a protocol that cannot be cheated by \
      accident, keeps every trial, and writes a report whose numbers, charts and verdicts come from those trials.

      Start with 'assay new studies/my-study.md', then 'assay build studies/my-study.md'.

      Exit codes: 0 all is well; 1 a trial failed; 2 a mistake in a study; 3 something is wrong with this machine; \
      130 or 143 stopped by Ctrl-C or SIGTERM.
      """,
    version: "assay \(assayVersion)",
    subcommands: [
      Build.self, Check.self, Plan.self, Why.self, Verify.self, Show.self, Export.self, GC.self, New.self,
      PartsCommand.self, Trust.self, Version.self, Worker.self,
    ])

  static func main() {
    let missing = missingInstructions()
    if !missing.isEmpty {
      printError(
        "assay: error: this processor has no \(missing.joined(separator: " and no ")), which the numerics are built for: "
          + "use an x86-64 machine with AVX2 and FMA (any since about 2015), or one of another architecture")
      Foundation.exit(StatusCode.environment.rawValue)
    }
    // Started first, for what OpenBLAS does when it is loaded costs time until then.
    _ = numericsDescription()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let status as StatusCode {
      Foundation.exit(status.rawValue)
    } catch let interrupted as Interrupted {
      printError("assay: \(interrupted)")
      Foundation.exit(interrupted.exitCode)
    } catch let diagnostic as Diagnostic {
      printError(diagnostic.rendered)
      Foundation.exit(StatusCode.mistake.rawValue)
    } catch  where exitCode(for: error) == .success || error is ValidationError || isUsage(error) {
      exit(withError: error)
    } catch {
      printError("assay: error: \(error)")
      Foundation.exit(StatusCode.environment.rawValue)
    }
  }

  private static func isUsage(_ error: any Error) -> Bool {
    exitCode(for: error) == .validationFailure
  }
}

/// What the tool exits with, beside 0.
enum StatusCode: Int32, Error {
  case trialFailed = 1
  case mistake = 2
  case environment = 3
}

func printError(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}
