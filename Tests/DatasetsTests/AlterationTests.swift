import Datasets
import Experiments
import Parts
import Testing

/// What steps such as `noise 30%` do to rows, and what they leave alone.
struct AlterationTests {
  private let library = DataLibrary(folder: shippedFolder)

  private func features(_ path: String) throws -> [[Float]] {
    let rows = try library.rows(path)
    let columns = rows.dataset.columns
    return rows.rows.map { Array(rows.dataset.features[Int($0) * columns..<(Int($0) + 1) * columns]) }
  }

  @Test func rowsLabelsAndTwinsStay() throws {
    let (plain, noisy) = (
      try library.rows("digits/part 1 of 5"), try library.rows("digits/part 1 of 5/noise 30%")
    )
    #expect(plain.rows == noisy.rows && plain.dataset.labels == noisy.dataset.labels)
    let references = try ["digits/part 1 of 5", "digits/part 1 of 5/noise 30%"].map(library.reference)
    #expect(try library.digests(for: references[0]) == library.digests(for: references[1]))
    #expect(try library.sharedRows(references[1], references[0]) == plain.rows.count)
    let items = try references.map { Set(try library.items(for: $0)) }
    #expect(items[0].isDisjoint(with: items[1]) && items[1].count == plain.rows.count)
    #expect(references[0].identity != references[1].identity)
  }

  @Test func aRowsNoiseDependsOnNoOther() throws {
    #expect(try features("digits/rows 5-9/noise 30%") == Array(features("digits/noise 30%")[5...9]))
    #expect(try features("digits/noise 30%/rows 5-9") == features("digits/rows 5-9/noise 30%"))
  }

  @Test func noiseHasTheShareOfTheRange() throws {
    let (plain, noisy) = (try features("digits"), try features("digits/noise 30%"))
    let differences = zip(plain.joined(), noisy.joined()).map { Double($1 - $0) }
    let mean = differences.reduce(0, +) / Double(differences.count)
    let square = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(differences.count)
    // Pixels of digits go from 0 to 16.
    #expect(abs(mean) < 0.1 && abs(square.squareRoot() - 0.3 * 16) < 0.1)
  }

  @Test func scramblingAllLeavesEvenNoise() throws {
    let values = try features("digits/scramble 100%").joined().map { Double($0) }
    #expect(values.allSatisfy { (0...16).contains($0) })
    let mean = values.reduce(0, +) / Double(values.count)
    #expect(abs(mean - 8) < 0.1)
    let (plain, half) = (try features("digits"), try features("digits/scramble 50%"))
    let kept = zip(plain.joined(), half.joined()).count { $0 == $1 }
    #expect(abs(Double(kept) / Double(values.count) - 0.5) < 0.02)
  }

  @Test func fadingAndBlurringAreLinear() throws {
    let plain = try features("digits/rows 0-3")
    for (row, (full, half)) in zip(
      try features("digits/rows 0-3/fade 100%"), try features("digits/rows 0-3/fade 50%")
    )
    .enumerated() {
      let mean = plain[row].reduce(0, +) / 64
      #expect(full.allSatisfy { abs($0 - mean) < 1e-4 })
      for place in 0..<64 { #expect(abs(half[place] - (plain[row][place] + mean) / 2) < 1e-4) }
    }
    let blurred = try features("digits/rows 0-3/blur 100%")
    for row in 0..<4 {
      let image = plain[row]
      let middle = [18, 19, 20, 26, 27, 28, 34, 35, 36].reduce(Float(0)) { $0 + image[$1] } / 9
      #expect(abs(blurred[row][27] - middle) < 1e-4)
      #expect(abs(blurred[row][0] - (image[0] + image[1] + image[8] + image[9]) / 4) < 1e-4)
    }
  }

  @Test func onlySquareImagesAreBlurred() {
    #expect(throws: DataError.self) { try library.rows("wine/blur 50%") }
  }
}
