import Experiments
import Parts
import Randomness
import Tensors

/// Selects rows of a data set whose target it expects above a threshold, and counts how many of them are not and how many it
/// missed, after Bai, Jin, arXiv 2411.17983.
///
/// A trial divides the rows at random into training rows, to which the candidates are fitted, and others, of which each
/// replicate draws calibration and new rows; without training rows (`full`, `trained-split`) it draws from all. Features have
/// mean 0 and the same deviation over all rows, such that a row is as far from another as rows of twenty features that are
/// uniform between −1 and 1: the candidates' kernels were made for those. Targets take no part in that.
package struct ConformalSelectionOfRows: Procedure {
  package static let name = "conformal-selection-of-rows"
  package static let revision = 1
  package static let summary =
    "selects rows with a large target by conformal p-values, in random divisions of the rows, and counts false "
    + "discoveries and power"
  package static let hyperparameters =
    [
      Hyperparameter(
        "threshold", .number(-1e9...1e9), default: .number(0),
        "rows with a larger target are wanted; of a classification the target is the class's number, from 0")
    ] + SelectionTrial.hyperparameters
  package static let roles: [DataRole] = [.score]
  package static let predictions: TargetKind? = nil
  package static let columns = SelectionTrial.columns

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func run(_ context: TrialContext) throws -> Outcome {
    let trial = SelectionTrial(settings: settings)
    let all = rows(context.rows(.score))
    let trainingCount = trial.needsTraining ? trial.rows : 0
    let needed = trainingCount + 2 * trial.rows
    guard all.targets.count >= needed else {
      throw ProcedureError.tooFewRows(procedure: Self.name, found: all.targets.count, needs: needed)
    }
    var stream = context.stream("training-rows")
    let order = stream.permutation(all.targets.count).map { Int($0) }
    let rest = Array(order[trainingCount...])
    func taken(_ places: some Sequence<Int>) -> SelectionRows {
      let places = Array(places)
      return SelectionRows(features: all.features.rows(at: places), targets: places.map { all.targets[$0] })
    }
    return try trial.run(
      context, training: trial.needsTraining ? taken(order[..<trainingCount]) : nil
    ) { replicate in
      var stream = context.stream("drawn-rows", index: replicate)
      let drawn = stream.permutation(rest.count).map { rest[Int($0)] }
      return (taken(drawn[..<trial.rows]), taken(drawn[trial.rows..<2 * trial.rows]))
    }
  }

  /// All rows with their features scaled, and their targets less the threshold.
  private func rows(_ set: RowSet) -> SelectionRows {
    let (data, columns) = (set.dataset, set.dataset.columns)
    let count = set.rows.count
    var features = Matrix(
      rows: count, columns: columns, values: [Double](repeating: 0, count: count * columns))
    // Uniform between −1 and 1 has the variance 1/3.
    let wanted = (20.0 / 3 / Double(columns)).squareRoot()
    for column in 0..<columns {
      let values = set.rows.map { Double(data.features[Int($0) * columns + column]) }
      let mean = values.reduce(0, +) / Double(count)
      let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
      guard square > 0 else { continue }
      let factor = wanted / square.squareRoot()
      for row in 0..<count { features[row, column] = (values[row] - mean) * factor }
    }
    let threshold = settings.number("threshold")
    let targets = set.rows.map { row in
      (data.kind == .regression ? data.targets[Int(row)] : Double(data.labels[Int(row)])) - threshold
    }
    return SelectionRows(features: features, targets: targets)
  }
}
