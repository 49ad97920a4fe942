import Calibrators
import Estimators
import Experiments
import Learning
import Measures
import Parts
import Tensors

/// Fits a regression and predicts quantiles around it by conformal prediction: intervals that hold the target with each of ten
/// chosen probabilities.
///
/// `split` takes residuals from the calibration rows (Lei et al., JASA 2018), `jackknife-plus` from models that leave out one
/// fit row each, `cv-plus` one fold each (Barber et al., Annals of Statistics 2021, sections 1 and 3). The central interval
/// of probability c is the pair of quantiles (1 − c)/2 and (1 + c)/2; intervals are widened where needed to hold the
/// narrower ones. Models are fitted without epochs; features are standardised by the fit rows where asked.
package struct ConformalRegressor: Procedure {
  package static let name = "conformal-regressor"
  package static let revision = 1
  package static let summary =
    "fits a regression and predicts quantiles around it, whose intervals hold the target with known probability"
  package static let hyperparameters = [
    Hyperparameter(
      "model", .part(.model), default: .part(Ridge.name, Settings(["penalty": .number(1)])),
      "what is fitted; a model that is fitted without epochs"),
    Hyperparameter(
      "method", .choice(["split", "jackknife-plus", "cv-plus"]), default: .text("cv-plus"),
      "where residuals come from: the calibration rows, or fit rows left out one by one or fold by fold"),
    Hyperparameter("folds", .integer(2...1000), default: .integer(10), "cv-plus: folds of the fit rows"),
    Hyperparameter(
      "standardise", .flag, default: .flag(true),
      "give each feature mean 0 and deviation 1 over the fit rows; constant features become 0"),
  ]
  package static let roles: [DataRole] = [.fit, .score]
  package static let optionalRoles: [DataRole] = [.calibrate]
  package static let predictions: TargetKind? = .regression
  package static let columns = [
    OwnColumn("fit-rows", .trial, "rows fitted to"),
    OwnColumn("residuals", .trial, "residuals that the intervals rest on"),
    OwnColumn("score-rows", .trial, "rows scored"),
  ]
  /// Levels of the quantiles: 0.025, 0.075 … 0.975.
  static let levels = (0..<20).map { (Double($0) + 0.5) / 20 }

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func run(_ context: TrialContext) throws -> Outcome {
    let (name, inner) = settings.part("model")
    guard let model = modelRegistry[name]?.init(inner) as? any EstimatorModel else {
      throw ProcedureError.wrongModel(procedure: Self.name, model: name)
    }
    let (fit, score) = (context.rows(.fit), context.rows(.score))
    let isSplit = settings.text("method") == "split"
    if isSplit, !context.has(.calibrate) {
      throw ProcedureError.noRows(procedure: Self.name, role: .calibrate)
    }
    for rows in [fit, score] where rows.dataset.kind != .regression {
      throw ProcedureError.wrongTarget(procedure: Self.name, needs: .regression)
    }
    let map = settings.flag("standardise") ? Standardisation(of: fit) : nil
    func features(_ rows: RowSet) -> Matrix { Matrix(rows, standardisedBy: map) }
    func targets(_ rows: RowSet) -> [Double] { rows.rows.map { rows.dataset.targets[Int($0)] } }
    func fitted(_ features: Matrix, _ targets: [Double], _ index: Int) throws -> FittedModel {
      try model.fit(FitRows(features: features, targets: .numbers(targets))) { purpose, inner in
        context.stream("\(purpose)-\(index)", index: inner)
      }
    }
    let (x, y, new) = (features(fit), targets(fit), features(score))
    var cost = CountedCost()
    // The residuals, and for each of them the predictions of the score rows by the model that it is a residual of.
    var residuals: [Double] = []
    var predictions: [[Double]] = []
    func diverged(_ reason: String) -> Outcome {
      Outcome(status: .diverged(reason), measures: [:], curves: [], cost: cost)
    }
    // The widest interval is the 39th of 40 parts: fewer residuals would make it infinite.
    let (count, needed) = (isSplit ? context.rows(.calibrate).rows.count : y.count, 19)
    guard count >= needed else {
      return diverged("\(count) residuals, where the widest interval needs \(needed)")
    }
    do {
      if isSplit {
        let whole = try fitted(x, y, 0)
        cost = whole.cost
        let calibrate = context.rows(.calibrate)
        residuals = zip(targets(calibrate), whole.predict(features(calibrate))).map { abs($0 - $1) }
        predictions = [whole.predict(new)]
      } else {
        let folds = settings.text("method") == "cv-plus" ? min(settings.integer("folds"), count) : count
        var stream = context.stream("folds")
        let order = stream.permutation(count).map { Int($0) }
        for fold in 0..<folds {
          let held = order.indices.filter { $0 % folds == fold }.map { order[$0] }.sorted()
          let kept = order.indices.filter { $0 % folds != fold }.map { order[$0] }.sorted()
          let partial = try fitted(x.rows(at: kept), kept.map { y[$0] }, fold)
          cost.examples += partial.cost.examples
          cost.flops += partial.cost.flops
          let ahead = partial.predict(new)
          for (row, prediction) in zip(held, partial.predict(x.rows(at: held))) {
            residuals.append(abs(y[row] - prediction))
            predictions.append(ahead)
          }
        }
      }
    } catch {
      return diverged("a fit failed: \(error)")
    }
    guard residuals.allSatisfy(\.isFinite), predictions.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      return diverged("predictions not finite")
    }
    let rows = new.rows
    let values = quantiles(predictions, residuals, rows: rows)
    var measures = context.measured(.quantiles(levels: Self.levels, values: values, targets: targets(score)))
    measures["fit-rows"] = Double(fit.rows.count)
    measures["residuals"] = Double(residuals.count)
    measures["score-rows"] = Double(rows)
    return Outcome(status: .finished, measures: measures, curves: [], cost: cost)
  }

  /// The quantiles of each score row, rows × levels.
  private func quantiles(_ predictions: [[Double]], _ residuals: [Double], rows: Int) -> [Double] {
    let count = Self.levels.count
    var values = [Double](repeating: 0, count: rows * count)
    let radii = (0..<count / 2).map {
      conformalQuantile(residuals, coverage: 2 * Self.levels[count / 2 + $0] - 1)
    }
    for row in 0..<rows {
      let own = predictions.map { $0[row] }
      for place in 0..<count / 2 {
        var (low, high) =
          predictions.count == 1
          ? (own[0] - radii[place], own[0] + radii[place])
          : jackknifePlusInterval(
            predictions: own, residuals: residuals, coverage: 2 * Self.levels[count / 2 + place] - 1)
        let (below, above) = (row * count + count / 2 - 1 - place, row * count + count / 2 + place)
        if place > 0 {
          (low, high) = (min(low, values[below + 1]), max(high, values[above - 1]))
        } else if low > high {
          // Of the narrowest interval the ends may cross: both become its middle.
          (low, high) = (0.5 * (low + high), 0.5 * (low + high))
        }
        (values[below], values[above]) = (low, high)
      }
    }
    return values
  }
}
