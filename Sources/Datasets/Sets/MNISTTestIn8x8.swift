import Experiments
import Parts

/// `mnist-test` shrunk to 8 × 8 by area averaging: the shape of `digits`, by other writers.
struct MNISTTestIn8x8: DatasetSource {
  static let name = "mnist-test-8x8"
  static let revision = 1
  static let summary = "the test images of MNIST shrunk to 8 × 8 by area averaging, grey levels 0 to 255"
  static let files = MNISTTest.files
  static let facts = DatasetFacts(
    kind: .classification, rows: 10_000, columns: 64, classes: 10, source: MNISTTest.source,
    licence: MNISTTest.licence, content: content(files, revision: revision, form: "8x8"))

  init(_ settings: Settings) {}

  func read(_ files: [[UInt8]]) throws(DataError) -> Dataset {
    try MNISTTest.images(files).dataset(shrunkTo: 8, classes: MNISTTest.classes)
  }
}
