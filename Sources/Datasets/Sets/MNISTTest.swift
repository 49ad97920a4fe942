import Experiments
import Parts

/// The 10,000 test images of MNIST, 28 × 28 grey levels from 0 to 255.
struct MNISTTest: DatasetSource {
  static let name = "mnist-test"
  static let revision = 1
  static let summary = "the 10,000 test images of MNIST, handwritten digits, 28 × 28 grey levels 0 to 255"
  static let files = [
    DatasetFile(
      "t10k-images-idx3-ubyte.gz",
      sha256: "1a1a05eab793c14bb050b398624a11b0ffd1a2953baed553b1b9bd079e2a20be"),
    DatasetFile(
      "t10k-labels-idx1-ubyte.gz",
      sha256: "b91679a0acfe4ba0e50a2437a903084cba1f5f92592b016a25a7dfd00455798b"),
  ]
  static let facts = DatasetFacts(
    kind: .classification, rows: 10_000, columns: 784, classes: 10, source: source,
    licence: licence, content: content(files, revision: revision))
  static let source = "LeCun, Cortes and Burges, The MNIST database of handwritten digits, 1998"
  static let licence = "CC BY-SA 3.0"
  static let classes = (0...9).map(String.init)

  init(_ settings: Settings) {}

  func read(_ files: [[UInt8]]) throws(DataError) -> Dataset {
    try Self.images(files).dataset(classes: Self.classes)
  }

  static func images(_ files: [[UInt8]]) throws(DataError) -> GreyImages {
    try GreyImages(files, named: Self.files.map(\.name), of: name, rows: facts.rows)
  }
}
