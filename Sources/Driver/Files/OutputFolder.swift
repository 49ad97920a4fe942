import Foundation

/// Writes reports: a file is replaced, atomically, only when its bytes differ.
package struct OutputFolder {
  let path: String

  /// What the folder holds under a name; nil where there is no such file.
  func read(_ name: String) -> String? {
    FileManager.default.contents(atPath: "\(path)/\(name)").map { String(decoding: $0, as: UTF8.self) }
  }

  /// - Returns: whether the file changed.
  @discardableResult
  func write(_ text: String, to name: String) throws -> Bool { try write(Data(text.utf8), to: name) }

  @discardableResult
  func write(_ bytes: Data, to name: String) throws -> Bool {
    let target = "\(path)/\(name)"
    if FileManager.default.contents(atPath: target) == bytes { return false }
    try AtomicFile.write(bytes, to: target)
    return true
  }
}
