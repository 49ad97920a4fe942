import Experiments
import Parts

/// `fashion-mnist-900` shrunk to 8 × 8 by area averaging: the shape of `digits`, of unlike things.
struct FashionMNIST900In8x8: DatasetSource {
  static let name = "fashion-mnist-900-8x8"
  static let revision = 1
  static let summary = "900 images of Fashion-MNIST shrunk to 8 × 8 by area averaging, grey levels 0 to 255"
  static let files = FashionMNIST900.files
  static let facts = DatasetFacts(
    kind: .classification, rows: 900, columns: 64, classes: 10, source: FashionMNIST900.source,
    licence: FashionMNIST900.licence, content: content(files, revision: revision, form: "8x8"))

  init(_ settings: Settings) {}

  func read(_ files: [[UInt8]]) throws(DataError) -> Dataset {
    try FashionMNIST900.images(files).dataset(shrunkTo: 8, classes: FashionMNIST900.classes)
  }
}
