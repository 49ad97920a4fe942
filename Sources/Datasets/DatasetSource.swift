import Experiments
import Parts

/// A registered data set: what it holds, the files it is read from, and how they are read.
///
/// One file and one line in `datasetRegistry`. Features keep their original units: scaling is a procedure's
/// business. Raise `revision` whenever `read` gives other rows or another order; it enters `facts.content`.
package protocol DatasetSource: Part {
  static var facts: DatasetFacts { get }
  /// The files, in the order `read` takes them.
  static var files: [DatasetFile] { get }
  /// Reads the files' bytes, which were found to have the pinned digests.
  func read(_ files: [[UInt8]]) throws(DataError) -> Dataset
}

extension DatasetSource {
  package static var hyperparameters: [Hyperparameter] { [] }

  /// The identity of content, reader and partition: what `DatasetFacts.content` must be.
  ///
  /// - Parameter form: tells sets apart that are read from the same files in other ways.
  static func content(_ files: [DatasetFile], revision: Int, form: String? = nil) -> Digest {
    let lines =
      ["reader \(revision)", "partition \(Partition.revision)"] + files.map { "sha256 \($0.sha256)" }
      + (form.map { ["form \($0)"] } ?? [])
    return Digest(of: lines.joined(separator: "\n"))
  }
}

/// A file of a registered data set, in the folder of data that ships with Assay.
package struct DatasetFile: Hashable, Sendable {
  package let name: String
  /// The SHA-256 of the file as shipped, in 64 hexadecimal digits.
  package let sha256: String

  package init(_ name: String, sha256: String) {
    self.name = name
    self.sha256 = sha256
  }
}
