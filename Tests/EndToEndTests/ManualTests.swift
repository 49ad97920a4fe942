import Claims
import Diagnostics
import Driver
import Foundation
import Statistics
import Testing

/// The manual says what the tool does: what is missing from it fails here.
@Suite struct ManualTests {
  private func page(_ name: String) throws -> String {
    try String(contentsOfFile: "\(Project.repository)/studies/manual/\(name).md", encoding: .utf8)
  }

  @Test func thePageOfPartsIsTheOneThePartsDeclare() throws {
    let isSame = try page("parts") == partsText(name: nil, markdown: true)
    #expect(isSame, "run 'make parts' and read the difference")
  }

  @Test func everyKindOfMistakeIsListed() throws {
    let manual = try page("language")
    for code in DiagnosticCode.allCases {
      let isListed = manual.contains("`\(code.rawValue)`")
      #expect(isListed, "the manual lacks the mistake \(code.rawValue)")
    }
  }

  @Test func everyFunctionOfExpressionsIsListed() throws {
    let manual = try page("language")
    for function in FunctionRegistry.all {
      let isListed = manual.contains("| `\(function.usage)` | \(function.meaning) |")
      #expect(isListed, "the manual lacks the function | `\(function.usage)` | \(function.meaning) |")
    }
  }

  @Test func everyTestOfClaimsIsListed() throws {
    let manual = try page("language")
    for test in Claim.Test.allCases {
      let isListed = manual.contains("| `\(test.rawValue)` | \(test.meaning) |")
      #expect(isListed, "the manual lacks the test | `\(test.rawValue)` | \(test.meaning) |")
    }
  }

  @Test func everyCommandAndOptionIsListed() throws {
    let manual = try page("language")
    let tool = Tool(folder: Project.repository)
    let help = try tool.run("--help").output
    let lines = help.components(separatedBy: "SUBCOMMANDS:").last!.split(separator: "\n")
    let commands = lines.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.contains("See 'assay") }
      .map { $0.split(separator: " ")[0] }
    #expect(commands.count >= 8)
    for command in commands where command != "help" {
      let isListed = manual.contains("`assay \(command)")
      #expect(isListed, "the manual lacks the command \(command)")
      let text = try tool.run(String(command), "--help").output
      for word in text.split(whereSeparator: { " \n<>[]".contains($0) }) where word.hasPrefix("--") {
        let isCommon = ["--help", "--version"].contains(word)
        let isListed = isCommon || manual.contains("`\(word)")
        #expect(isListed, "the manual lacks the option \(word) of \(command)")
      }
    }
  }
}
