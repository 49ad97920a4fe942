import Foundation

/// Writes reports: a file is replaced, atomically, only when its bytes differ.
package struct OutputFolder {
  let path: String

  /// - Returns: whether the file changed.
  @discardableResult
  func write(_ text: String, to name: String) throws -> Bool {
    let target = "\(path)/\(name)"
    let bytes = Data(text.utf8)
    if FileManager.default.contents(atPath: target) == bytes { return false }
    let folder = URL(fileURLWithPath: target).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try bytes.write(to: URL(fileURLWithPath: target), options: .atomic)
    return true
  }
}
