import Experiments
import Parts

/// Gives the pixels of a row, so that a report can show what a data set of square grey images holds.
///
/// The trial of seed n shows row n of its class in the data set's order, counted from 0: nothing is drawn, and nothing is
/// chosen by its looks. A step is a pixel, from the top left, line by line.
package struct ImageSamples: Procedure {
  package static let name = "image-samples"
  package static let revision = 1
  package static let summary = "gives the pixels of rows that are square images, to be looked at"
  package static let hyperparameters = [
    Hyperparameter(
      "class", .integer(0...9_999), default: .integer(0),
      "class whose rows are shown, in the data set's order; of a regression all rows are")
  ]
  package static let roles: [DataRole] = [.score]
  package static let predictions: TargetKind? = nil
  package static let columns = [
    OwnColumn("row", .trial, "the row's place in the data set, from 0"),
    OwnColumn("line", .steps, "the pixel's line, from 0 at the top"),
    OwnColumn("column", .steps, "the pixel's place in its line, from 0 at the left"),
    OwnColumn("value", .steps, "the pixel's value"),
  ]

  private let label: Int

  package init(_ settings: Settings) { label = settings.integer("class") }

  package func run(_ context: TrialContext) throws -> Outcome {
    let (data, all) = (context.rows(.score).dataset, context.rows(.score).rows)
    let side = Int(Double(data.columns).squareRoot())
    guard side * side == data.columns else {
      throw ProcedureError.noImages(procedure: Self.name, columns: data.columns)
    }
    let rows = data.kind == .regression ? all : all.filter { data.labels[Int($0)] == label }
    let number = context.seed.seed
    guard rows.indices.contains(number) else {
      throw ProcedureError.tooFewRows(procedure: Self.name, found: rows.count, needs: number + 1)
    }
    let row = Int(rows[number])
    let pixels = 0..<data.columns
    func curve(_ name: String, _ value: (Int) -> Double) -> Curve {
      Curve(name: name, steps: Array(pixels), values: pixels.map(value))
    }
    return Outcome(
      status: .finished, measures: ["row": Double(row)],
      curves: [
        curve("line") { Double($0 / side) }, curve("column") { Double($0 % side) },
        curve("value") { Double(data.features[row * data.columns + $0]) },
      ], cost: CountedCost(examples: 1))
  }
}
