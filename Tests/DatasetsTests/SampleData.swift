import Datasets
import Experiments
import Foundation
import Parts

/// The folder of data that ships with Assay.
let shippedFolder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("studies/data").path

func shippedBytes(_ name: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(shippedFolder)/\(name)")))
}

extension DataLibrary {
  /// A reference by its path, such as `digits/part 1 of 5`.
  func reference(_ path: String) throws -> DataReference {
    let path = try SubsetPath.parse(path)
    let source = DataSource.registered(path.set!)
    return DataReference(source: source, steps: path.steps, content: try content(of: source))
  }

  func rows(_ path: String) throws -> RowSet { try rows(for: try reference(path)) }
}

/// Runs `body` with a new folder, and removes it after.
func withFolder<Value>(_ body: (URL) throws -> Value) throws -> Value {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// The rows that `parts` gave to one part.
func members(_ part: Int, _ parts: [Int32], _ rows: [Int32]) -> [Int32] {
  zip(rows, parts).filter { Int($1) == part }.map(\.0)
}
