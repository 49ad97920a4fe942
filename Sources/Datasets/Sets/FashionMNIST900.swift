import Experiments
import Parts

/// 900 images of Fashion-MNIST, 90 a class, 28 × 28 grey levels from 0 to 255.
struct FashionMNIST900: DatasetSource {
  static let name = "fashion-mnist-900"
  static let revision = 1
  static let summary = "900 images of Fashion-MNIST, 90 of each kind of garment, 28 × 28 grey levels 0 to 255"
  static let files = [
    DatasetFile(
      "fashion-mnist-900-images-idx3-ubyte.gz",
      sha256: "8e9899e48acdebcbc7d7e76f0f8ce61fd40d465f7e8ce123fb4e83ebd5bbdcac"),
    DatasetFile(
      "fashion-mnist-900-labels-idx1-ubyte.gz",
      sha256: "4946e7defc8f0087fec50aabff58c28210d8236ba70ec04121f11963eb80342e"),
  ]
  static let facts = DatasetFacts(
    kind: .classification, rows: 900, columns: 784, classes: 10, source: source, licence: licence,
    content: content(files, revision: revision))
  static let source = "Xiao, Rasul and Vollgraf, Fashion-MNIST, 2017 (900 of its images)"
  static let licence = "MIT"
  /// The publisher's names, by label.
  static let classes = [
    "t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle-boot",
  ]

  init(_ settings: Settings) {}

  func read(_ files: [[UInt8]]) throws(DataError) -> Dataset {
    try Self.images(files).dataset(classes: Self.classes)
  }

  static func images(_ files: [[UInt8]]) throws(DataError) -> GreyImages {
    try GreyImages(files, named: Self.files.map(\.name), of: name, rows: facts.rows)
  }
}
