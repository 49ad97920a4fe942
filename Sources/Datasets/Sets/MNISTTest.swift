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
    kind: .classification, rows: 10_000, columns: 784, classes: 10,
    source: "LeCun, Cortes and Burges, The MNIST database of handwritten digits, 1998",
    licence: "CC BY-SA 3.0", content: content(files, revision: revision))

  init(_ settings: Settings) {}

  func read(_ files: [[UInt8]]) throws(DataError) -> Dataset {
    let names = Self.files.map(\.name)
    let images = try IDX(try gunzip(files[0], file: names[0]), dimensions: 3, file: names[0])
    let labels = try IDX(try gunzip(files[1], file: names[1]), dimensions: 1, file: names[1])
    guard images.shape == [Self.facts.rows, 28, 28], labels.shape == [Self.facts.rows] else {
      throw DataError(
        .corruptedFile, "the files of 'mnist-test' do not hold 10,000 images of 28 × 28 and their labels",
        fix: "copy the files again")
    }
    return Dataset(
      kind: .classification, features: images.values.map(Float.init), columns: Self.facts.columns,
      labels: labels.values.map(Int32.init), classes: (0...9).map(String.init))
  }
}
