import Foundation

/// The stamps of a folder of reports and, for make, what each depends on: `.stamps/THEME/SLUG.stamp` and `.d`.
struct StampFolder {
  private let path: String

  /// - Parameter output: the folder of the reports.
  init(output: String) { path = "\(output)/.stamps" }

  func read(_ study: String) -> StudyStamp? {
    guard let data = FileManager.default.contents(atPath: file(study, "stamp")) else { return nil }
    return try? JSONDecoder().decode(StudyStamp.self, from: data)
  }

  /// Says that a report is made: the stamp is now newer than all it depends on.
  func write(_ stamp: StudyStamp, of study: String, dependencies: [String]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // The rules first: a stamp without them would hide what the report depends on.
    try AtomicFile.write(Data(rules(of: study, dependencies).utf8), to: file(study, "d"))
    try AtomicFile.write(encoder.encode(stamp), to: file(study, "stamp"))
  }

  /// Says when a report was found to be current, by the clock of `now`.
  func date(_ study: String, _ time: timespec) {
    let times = [time, time]
    _ = utimensat(AT_FDCWD, file(study, "stamp"), times, 0)
  }

  /// The time by the clock that the kernel dates files with; the finer one may be milliseconds ahead of it, and a
  /// stamp would then seem newer than a file that was written after it.
  static func now() -> timespec {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME_COARSE, &time)
    return time
  }

  /// Says that a report is not complete: the next build takes it up again.
  func remove(_ study: String) {
    unlink(file(study, "stamp"))
  }

  func readIndex() -> String? {
    FileManager.default.contents(atPath: "\(path)/index").map { String(decoding: $0, as: UTF8.self) }
  }

  func writeIndex(_ text: String) throws {
    try AtomicFile.write(Data(text.utf8), to: "\(path)/index")
  }

  /// A rule for make, and an empty one for each dependency, so that a removed file is a change and not an error.
  private func rules(of study: String, _ dependencies: [String]) -> String {
    let names = dependencies.map(Self.escaped)
    return "\(Self.escaped(file(study, "stamp"))): \(names.joined(separator: " \\\n  "))\n"
      + names.map { "\($0):\n" }.joined()
  }

  private static func escaped(_ path: String) -> String {
    path.replacing("$", with: "$$").replacing("#", with: "\\#").replacing(" ", with: "\\ ")
  }

  private func file(_ study: String, _ ending: String) -> String {
    "\(path)/\(StudyFiles.reportPath(study)).\(ending)"
  }
}
