import Foundation

/// What people see while the tool works: messages on standard error, results on standard output.
enum Console {
  static func error(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  static func output(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  /// Whether standard error is a terminal.
  static let isTerminal = isatty(2) == 1
}
