import Foundation

/// Writes files whole or not at all.
enum AtomicFile {
  /// Replaces a file and makes its folder where missing.
  ///
  /// What is written first has a name of its own that is always the same: should the process be killed meanwhile, the
  /// next one uses it up, and nothing is left lying about.
  static func write(_ bytes: Data, to path: String) throws {
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    let part = "\(path).part"
    try bytes.write(to: URL(fileURLWithPath: part))
    guard rename(part, path) == 0 else {
      throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
    }
  }
}
