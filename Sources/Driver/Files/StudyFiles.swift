import Diagnostics
import Foundation

/// Finding studies on disk.
package enum StudyFiles {
  /// The studies that arguments name: files as given, folders searched for `*.md` in the order of their paths.
  ///
  /// In a folder, `data`, `templates` and files named README.md are not studies.
  package static func find(_ arguments: [String]) throws -> [String] {
    var found: [String] = []
    for argument in arguments {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
        throw Diagnostic(
          .unreadableFile, "there is no study '\(argument)'", at: nil,
          fix: "name a Markdown file or a folder of them")
      }
      if !isFolder.boolValue {
        found.append(argument)
        continue
      }
      let folder = argument.hasSuffix("/") ? String(argument.dropLast()) : argument
      let names = (FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []).sorted()
      found += names.filter { name in
        name.hasSuffix(".md") && !name.hasSuffix("README.md")
          && !name.split(separator: "/").dropLast().contains { ["data", "templates"].contains($0) }
      }.map { "\(folder)/\($0)" }
    }
    return found
  }

  /// The path as reports show it: from `studies` on, so that it does not depend on where the project lies.
  package static func displayPath(_ study: String) -> String {
    let steps = study.split(separator: "/").map(String.init)
    return steps.lastIndex(of: "studies").map { steps[$0...].joined(separator: "/") } ?? steps.last ?? study
  }

  /// The path of a study's report without its ending, below the output folder: theme folders are kept.
  package static func reportPath(_ study: String) -> String {
    let steps = study.split(separator: "/").map(String.init)
    let below = steps.lastIndex(of: "studies").map { Array(steps[($0 + 1)...]) } ?? [steps.last ?? study]
    let path = below.joined(separator: "/")
    return path.hasSuffix(".md") ? String(path.dropLast(3)) : path
  }
}
