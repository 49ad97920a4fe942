import Experiments
import Learning
import Parts
import Tensors

/// A trial's rows as sessions of a class stream.
struct SessionData {
  let stream: ClassStream
  let columns: Int
  let fit: [Session]
  /// The score rows of each session's classes.
  let score: [StreamRows]

  /// - Throws: `ProcedureError` where the rows cannot make such a stream.
  init(_ context: TrialContext, sessions: Int, classesPerSession: Int) throws {
    let (fit, score) = (context.rows(.fit), context.rows(.score))
    let name = ClassIncremental.name
    for (role, rows) in [(DataRole.fit, fit), (.score, score)] {
      guard rows.dataset.kind == .classification else {
        throw ProcedureError.wrongTarget(procedure: name, needs: .classification)
      }
      guard !rows.rows.isEmpty else { throw ProcedureError.noRows(procedure: name, role: role) }
    }
    guard fit.dataset.columns == score.dataset.columns, fit.dataset.classes == score.dataset.classes else {
      throw ProcedureError.unlikeData(procedure: name)
    }
    columns = fit.dataset.columns
    func present(_ rows: RowSet) -> Set<Int32> { Set(rows.rows.map { rows.dataset.labels[Int($0)] }) }
    let classes = present(fit).intersection(present(score)).sorted()
    guard classes.count >= sessions * classesPerSession else {
      throw ProcedureError.fewClasses(wanted: sessions * classesPerSession, found: classes.count)
    }
    var draws = context.stream("class-order")
    let stream = ClassStream(
      drawnFrom: classes, sessions: sessions, classesPerSession: classesPerSession, &draws)
    self.stream = stream
    let places = stream.places(classes: fit.dataset.classes.count)
    func rows(_ set: RowSet, _ session: Int, _ scale: Scale) -> StreamRows {
      let wanted = stream.places(session)
      var labels: [Int32] = []
      let chosen = set.rows.filter { row in
        guard let place = places[Int(set.dataset.labels[Int(row)])], wanted.contains(Int(place)) else {
          return false
        }
        labels.append(place)
        return true
      }
      let block = features(of: RowSet(dataset: set.dataset, rows: chosen), standardisedBy: nil)
      scale.apply(block)
      return StreamRows(features: block, labels: labels, columns: set.dataset.columns)
    }
    let scale = Scale(rows(fit, 0, Scale()).features)
    self.fit = (0..<sessions).map { session in
      let wanted = stream.places(session)
      return Session(
        index: session, rows: rows(fit, session, scale), old: wanted.lowerBound, seen: wanted.upperBound)
    }
    self.score = (0..<sessions).map { rows(score, $0, scale) }
  }
}

/// One shift and one factor for all features.
private struct Scale {
  private var mean = 0.0
  private var factor = 1.0

  init() {}

  /// Gives these numbers mean 0 and population deviation 1; equal ones become 0.
  init(_ block: FloatBuffer) {
    let count = Double(block.count)
    mean = (0..<block.count).reduce(0.0) { $0 + Double(block.base[$1]) } / count
    let variance =
      (0..<block.count).reduce(0.0) { sum, i in
        let difference = Double(block.base[i]) - mean
        return sum + difference * difference
      } / count
    factor = variance > 0 ? 1 / variance.squareRoot() : 1
  }

  func apply(_ block: FloatBuffer) {
    for i in 0..<block.count { block.base[i] = Float((Double(block.base[i]) - mean) * factor) }
  }
}
