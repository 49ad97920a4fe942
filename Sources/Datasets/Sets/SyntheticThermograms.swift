import Experiments
import Parts
import Randomness

/// Made-up thermal images of 24 × 24: a smooth temperature field, the same left and right, and noise; half of the
/// images have one warm blob on one side.
///
/// The field is a quadratic in height and in distance from the middle, its coefficients drawn for each image; the blob
/// has the profile (1 − d²/r²)², radius and contrast drawn. Eight lots of 200 images, a lot one after the other (rows
/// 0 to 199, 200 to 399 …), each drawn from a seed of its own: lots are what a study of data seeds varies. Labels
/// alternate, so that every lot is balanced.
struct SyntheticThermograms: DatasetSource {
  static let name = "synthetic-thermograms"
  static let revision = 1
  static let summary =
    "1,600 made-up thermal images of 24 × 24, in eight lots; half have a warm blob on one side"
  static let files: [DatasetFile] = []
  static let facts = DatasetFacts(
    kind: .classification, rows: lots * perLot, columns: side * side, classes: 2,
    source: "made up by Assay", licence: "Apache-2.0", content: content(files, revision: revision, form: name)
  )

  private static let lots = 8
  private static let perLot = 200
  private static let side = 24
  /// Standard deviation of the noise of a pixel; contrasts are in the same unit.
  private static let noise = 0.5

  init(_ settings: Settings) {}

  func read(_ files: [[UInt8]]) throws(DataError) -> Dataset {
    var features: [Float] = []
    features.reserveCapacity(Self.lots * Self.perLot * Self.side * Self.side)
    var labels: [Int32] = []
    for lot in 0..<Self.lots {
      for image in 0..<Self.perLot {
        let hasBlob = image % 2 == 1
        var stream = RandomStream(seed: UInt64(lot), role: Self.name, purpose: "image", index: image)
        features += Self.image(hasBlob: hasBlob, &stream)
        labels.append(hasBlob ? 1 : 0)
      }
    }
    return Dataset(
      kind: .classification, features: features, columns: Self.side * Self.side, labels: labels,
      classes: ["healthy", "warm spot"])
  }

  /// One image, line by line.
  private static func image(hasBlob: Bool, _ stream: inout RandomStream) -> [Float] {
    func between(_ from: Double, _ to: Double) -> Double { from + (to - from) * stream.uniform() }
    let coefficients = (0..<5).map { _ in between(-1, 1) }
    let radius = between(3, 6)
    let contrast = between(0.8, 2)
    let row = between(5, 18)
    let fromMiddle = between(4, 8)
    let column = stream.uniform() < 0.5 ? 11.5 - fromMiddle : 11.5 + fromMiddle
    return (0..<side * side).map { place in
      let (y, x) = (Double(place / side), Double(place % side))
      let (v, u) = ((y - 11.5) / 11.5, abs(x - 11.5) / 11.5)
      var warmth =
        coefficients[0] * v + coefficients[1] * v * v + coefficients[2] * u + coefficients[3] * u * u
        + coefficients[4] * u * v
      if hasBlob {
        let square = ((y - row) * (y - row) + (x - column) * (x - column)) / (radius * radius)
        if square < 1 { warmth += contrast * (1 - square) * (1 - square) }
      }
      return Float(warmth + noise * stream.normal())
    }
  }
}
