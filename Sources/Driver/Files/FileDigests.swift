import Experiments
import Foundation

/// Digests of files, each read once.
final class FileDigests {
  private var known: [String: String] = [:]

  /// The SHA-256 of a file's bytes; `absent` where there is no such file.
  subscript(path: String) -> String {
    if let digest = known[path] { return digest }
    let digest = FileManager.default.contents(atPath: path).map { data in
      data.withUnsafeBytes { Digest(of: $0) }.hex
    }
    known[path] = digest ?? Self.absent
    return known[path]!
  }

  static let absent = "absent"

  /// What tells one build of a program from another without reading it: its file, size and time of change.
  static func identity(ofProgram path: String) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else { return Self.absent }
    return "\(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }
}
