import Diagnostics
import Foundation
import Markup

/// The folder a study lies in: the only place it may read files from.
enum StudyFolder {
  /// The file beside the study, or nil with a diagnostic where the path leaves the study's folder.
  static func resolve(_ file: YAMLScalar, beside studyPath: String, log: inout DiagnosticLog) -> String? {
    var depth = 0
    var leaves = file.text.hasPrefix("/") || file.text.contains("\0")
    for step in file.text.split(separator: "/") {
      if step == ".." { depth -= 1 } else if step != "." { depth += 1 }
      if depth < 0 { leaves = true }
    }
    if leaves {
      log.error(
        .pathEscapes, "the path '\(file.text)' leaves the study's folder", at: file.span,
        note: "a study reads only files beside it or in folders below",
        fix: "move the file beside the study and name it from there")
      return nil
    }
    let folder = studyPath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
      separator: "/")
    let path = folder.isEmpty ? file.text : "\(folder)/\(file.text)"
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let home = URL(fileURLWithPath: folder.isEmpty ? "." : folder).resolvingSymlinksInPath().path
    if FileManager.default.fileExists(atPath: path), !real.hasPrefix(home + "/") {
      log.error(
        .pathEscapes, "the path '\(file.text)' leads out of the study's folder by a link", at: file.span,
        note: "a study reads only files beside it or in folders below",
        fix: "put the file itself beside the study")
      return nil
    }
    return path
  }
}
