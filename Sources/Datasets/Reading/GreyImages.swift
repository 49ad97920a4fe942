import Parts

/// Square grey images with one label each, as MNIST and its kin are published: two IDX files, images and labels.
struct GreyImages {
  private let side: Int
  private let values: ArraySlice<UInt8>
  private let labels: [Int32]

  /// - Parameters:
  ///   - files: the packed bytes of images and labels, as `named` says.
  ///   - rows: how many images there must be.
  init(_ files: [[UInt8]], named names: [String], of set: String, rows: Int, side: Int = 28) throws(DataError)
  {
    let images = try IDX(try gunzip(files[0], file: names[0]), dimensions: 3, file: names[0])
    let labels = try IDX(try gunzip(files[1], file: names[1]), dimensions: 1, file: names[1])
    guard images.shape == [rows, side, side], labels.shape == [rows] else {
      throw DataError(
        .corruptedFile,
        "the files of '\(set)' do not hold \(rows) images of \(side) × \(side) and their labels",
        fix: "copy the files again")
    }
    self.side = side
    values = images.values
    self.labels = labels.values.map(Int32.init)
  }

  /// The images as they are, row by row.
  func dataset(classes: [String]) -> Dataset { dataset(values.map(Float.init), side, classes) }

  /// The images shrunk to `target` × `target` by area averaging: a target pixel is the mean grey of the square it
  /// covers, where a source pixel counts by the share of it that lies in the square.
  func dataset(shrunkTo target: Int, classes: [String]) -> Dataset {
    let shares = Self.shares(from: side, to: target)
    let source = Array(values)
    var features = [Float](repeating: 0, count: labels.count * target * target)
    for image in labels.indices {
      for (i, down) in shares.enumerated() {
        for (j, across) in shares.enumerated() {
          var sum = 0.0
          for (y, height) in down {
            for (x, width) in across {
              sum += height * width * Double(source[(image * side + y) * side + x])
            }
          }
          features[(image * target + i) * target + j] = Float(sum)
        }
      }
    }
    return dataset(features, target, classes)
  }

  private func dataset(_ features: [Float], _ side: Int, _ classes: [String]) -> Dataset {
    Dataset(
      kind: .classification, features: features, columns: side * side, labels: labels, classes: classes)
  }

  /// For every target position the source positions it covers, each with its share of the target's length.
  private static func shares(from source: Int, to target: Int) -> [[(place: Int, share: Double)]] {
    (0..<target).map { t in
      // In units of 1 / target of a source pixel, so that all bounds are whole numbers.
      let (low, high) = (t * source, (t + 1) * source)
      return (low / target...(high - 1) / target).map { s in
        (s, Double(min(high, (s + 1) * target) - max(low, s * target)) / Double(source))
      }
    }
  }
}
