import Datasets
import Experiments
import Learning
import Parts
import Tensors

/// Features and labels to train on and to test with, standardised by the first; the same rows as the Python twins
/// take.
struct LabelledRows {
  let training: TrainingSet
  let trainingLabels: [Int32]
  let test: FloatBuffer
  let testLabels: [Int32]
  let classes: Int

  /// The first `rows` of those whose number leaves a remainder other than 4 by 5 are trained on; those that leave 4
  /// are tested with, `tested` at most.
  init(_ set: String, rows: Int, tested: Int, folder: String) throws {
    let library = DataLibrary(folder: folder)
    let source = DataSource.registered(set)
    let all = try library.rows(
      for: DataReference(source: source, steps: [], content: library.content(of: source)))
    func some(_ places: [Int32]) -> RowSet { RowSet(dataset: all.dataset, rows: places) }
    let fit = some(Array(all.rows.filter { $0 % 5 != 4 }.prefix(rows)))
    let score = some(Array(all.rows.filter { $0 % 5 == 4 }.prefix(tested)))
    let map = Standardisation(of: fit)
    trainingLabels = fit.rows.map { all.dataset.labels[Int($0)] }
    testLabels = score.rows.map { all.dataset.labels[Int($0)] }
    training = TrainingSet(
      features: features(of: fit, standardisedBy: map), targets: .classes(trainingLabels))
    test = features(of: score, standardisedBy: map)
    classes = all.dataset.classes.count
  }
}

/// A smooth function of five numbers with a little noise, from multiples of irrational numbers, so that every tool
/// can make the same.
struct SmoothRows {
  let features: Matrix
  let targets: [Double]

  /// Rows numbered `range`.
  init(_ range: Range<Int>) {
    let irrational = [2, 3, 5, 7, 11, 13].map { Double($0).squareRoot() }
    var values: [Double] = []
    var targets: [Double] = []
    for i in range {
      let u = irrational.map { (Double(i + 1) * $0).truncatingRemainder(dividingBy: 1) }
      let x = u.prefix(5).map { 2 * $0 - 1 }
      values += x
      targets.append(x[0] * x[1] + x[2] * x[2] - 0.5 * x[3] + 0.3 * x[4] * x[4] * x[4] + 0.1 * (u[5] - 0.5))
    }
    features = Matrix(rows: range.count, columns: 5, values: values)
    self.targets = targets
  }
}
