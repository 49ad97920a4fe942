import Foundation

/// Where Assay's own files are: the registered data sets and the templates.
package struct Home: Sendable {
  /// The folder that holds `studies/data` and `templates`.
  package let path: String

  package var templates: String { path + "/templates" }
  package var data: String { path + "/studies/data" }

  /// Finds the home: `ASSAY_HOME`, else the nearest folder above the program, else above the working folder, that
  /// holds `templates` and `studies/data`.
  package static func find() throws -> Home {
    let environment = ProcessInfo.processInfo.environment
    if let given = environment["ASSAY_HOME"] {
      guard isHome(given) else { throw HomeError(tried: [given]) }
      return Home(path: given)
    }
    let program = URL(fileURLWithPath: executablePath()).deletingLastPathComponent().path
    let starts = [program, FileManager.default.currentDirectoryPath]
    for start in starts {
      var folder = URL(fileURLWithPath: start).standardizedFileURL
      while true {
        if isHome(folder.path) { return Home(path: folder.path) }
        if folder.path == "/" { break }
        folder.deleteLastPathComponent()
      }
    }
    throw HomeError(tried: starts)
  }

  /// The running program's file, links resolved.
  package static func executablePath() -> String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }

  private static func isHome(_ path: String) -> Bool {
    ["templates", "studies/data"].allSatisfy { FileManager.default.fileExists(atPath: "\(path)/\($0)") }
  }
}

/// Assay's own files are missing.
package struct HomeError: Error, CustomStringConvertible {
  let tried: [String]

  package var description: String {
    "Assay's folder with 'templates' and 'studies/data' is not above \(tried.map { "'\($0)'" }.joined(separator: " or "));"
      + " set ASSAY_HOME to it"
  }
}
