import Calibrators
import Randomness
import Tensors

/// Rows with the target that selection is about.
struct SelectionRows {
  /// rows × columns.
  let features: Matrix
  let targets: [Double]
}

/// What every candidate predicts, candidate by candidate.
struct CandidatePredictions {
  let calibration: [[Double]]
  let new: [[Double]]
  /// Whether the targets of the calibration rows are above 0.
  let isPositive: [Bool]

  var scores: [ConformalSelection.Scores] {
    zip(calibration, new).map { .init(calibration: $0, isPositive: isPositive, new: $1) }
  }
}

/// A way to select rows at a level, on one draw of calibration and new rows.
enum SelectionRule {
  /// For each new row the candidate that is best for it, with e-values (OptCS-MSel).
  case optimised([ConformalSelection.Scores], ConformalSelection.Pruning)
  /// The candidate with the largest selection, uncorrected.
  case naive([ConformalSelection.Scores])
  /// A candidate drawn for all rows.
  case random([ConformalSelection.Scores])
  /// The candidate with the largest selection among a share of the calibration rows; the others calibrate it.
  case split(CandidatePredictions, ratio: Double)
  /// For each new row the scores of candidates that were fitted to the calibration rows and that row (OptCS-Full).
  case leftOut([[ConformalSelection.Scores]])
  /// One model.
  case fixed(ConformalSelection.Scores)

  /// Which of the new rows are selected.
  func selection(level: Double, stream: inout RandomStream) -> [Bool] {
    func plain(_ scores: ConformalSelection.Scores) -> [Bool] {
      ConformalSelection.selection(scores.pValues, level: level)
    }
    switch self {
    case .optimised(let scores, let pruning):
      return ConformalSelection.optimised(scores, level: level, pruning: pruning, stream: &stream)
    case .naive(let scores):
      let selections = scores.map(plain)
      return selections[Self.largest(selections)]
    case .random(let scores): return plain(scores[stream.below(scores.count)])
    case .split(let predictions, let ratio):
      let rows = predictions.isPositive.count
      let cut = min(rows - 1, max(2, Int(ratio * Double(rows))))
      let middle = cut / 2
      // One half of the rows that choose plays the calibration rows, the other the new ones.
      let trial = CandidatePredictions(
        calibration: predictions.calibration.map { Array($0[..<middle]) },
        new: predictions.calibration.map { Array($0[middle..<cut]) },
        isPositive: Array(predictions.isPositive[..<middle]))
      let best = Self.largest(trial.scores.map(plain))
      return plain(
        .init(
          calibration: Array(predictions.calibration[best][cut...]),
          isPositive: Array(predictions.isPositive[cut...]), new: predictions.new[best]))
    case .leftOut(let rows):
      var (p, sizes) = ([Double](), [Int]())
      for (j, candidates) in rows.enumerated() {
        let found = candidates.map { ConformalSelection.size($0, of: j, level: level) }
        let largest = found.max()!
        let tied = found.indices.filter { found[$0] == largest }
        p.append(candidates[tied[stream.below(tied.count)]].pValues[j])
        sizes.append(largest)
      }
      return ConformalSelection.selection(
        p, sizes: sizes, level: level, pruning: .homogeneous, stream: &stream)
    case .fixed(let scores): return plain(scores)
    }
  }

  /// The place of the first of the largest selections.
  private static func largest(_ selections: [[Bool]]) -> Int {
    let sizes = selections.map { $0.count { $0 } }
    return sizes.firstIndex(of: sizes.max()!)!
  }

  /// For each new row the candidates are fitted to the calibration rows and that row, its target taken as 0; every one of these
  /// rows is predicted by the fit without it, the other new rows by the fit to all.
  static func full(_ calibration: SelectionRows, _ new: SelectionRows, candidates: Int) throws
    -> SelectionRule
  {
    let (n, m) = (calibration.targets.count, new.targets.count)
    let isPositive = calibration.targets.map { $0 > 0 }
    let all = Matrix(
      rows: n + m, columns: new.features.columns, values: calibration.features.values + new.features.values)
    let kernels = SelectionKernel.all.prefix(candidates).map { ($0, $0.between(all, all)) }
    return .leftOut(
      try (0..<m).map { j in
        let members = Array(0..<n) + [n + j]
        return try kernels.map { kernel, entries in
          let block = Matrix(
            rows: n + 1, columns: n + 1, values: members.flatMap { row in members.map { entries[row, $0] } })
          let (coefficients, left) = try kernel.leaveOneOut(block, calibration.targets + [0])
          let theirs = (0..<m).map { l -> Double in
            if l == j { return left[n] }
            var sum = 0.0
            for (place, member) in members.enumerated() {
              sum += coefficients[place] * entries[n + l, member]
            }
            return sum
          }
          return .init(calibration: Array(left[..<n]), isPositive: isPositive, new: theirs)
        }
      })
  }

  /// The candidate of least squared leave-one-out error on the first rows, fitted to them; the others calibrate it.
  static func trainedSplit(
    _ calibration: SelectionRows, _ new: SelectionRows, candidates: Int, ratio: Double
  ) throws -> SelectionRule {
    let n = calibration.targets.count
    let cut = min(n - 1, max(2, Int(ratio * Double(n))))
    let training = calibration.features.rows(at: Array(0..<cut))
    let targets = Array(calibration.targets[..<cut])
    var best: (error: Double, kernel: SelectionKernel, coefficients: [Double])?
    for kernel in SelectionKernel.all.prefix(candidates) {
      let (coefficients, left) = try kernel.leaveOneOut(kernel.between(training, training), targets)
      let error = zip(targets, left).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      if best == nil || error < best!.error { best = (error, kernel, coefficients) }
    }
    guard let best else { preconditionFailure("there is at least one candidate") }
    func predicted(_ rows: Matrix) -> [Double] {
      best.kernel.between(rows, training).times(best.coefficients)
    }
    return .fixed(
      .init(
        calibration: predicted(calibration.features.rows(at: Array(cut..<n))),
        isPositive: calibration.targets[cut...].map { $0 > 0 }, new: predicted(new.features)))
  }
}
