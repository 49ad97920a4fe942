import Estimators
import Experiments
import Learning
import Parts
import Randomness
import Tensors

/// A model fitted without a graph, with its defaults; the time is that of the fit.
struct EstimatorTask {
  let model: String
  /// Digits to classify, or the smooth function to predict.
  let classifies: Bool

  static let all: [String: EstimatorTask] = [
    "gaussian-process-fit": EstimatorTask(model: "gaussian-process", classifies: false),
    "random-forest-fit": EstimatorTask(model: "random-forest", classifies: true),
    "kernel-svm-fit": EstimatorTask(model: "kernel-svm", classifies: true),
  ]

  func run(folder: String) throws -> Measurement {
    let model = complete(modelRegistry[model]!, [:]) as! any EstimatorModel
    let rows: FitRows
    let test: Matrix
    let score: ([Double]) -> Double
    if classifies {
      let data = try LabelledRows("digits", rows: 1438, tested: 1000, folder: folder)
      func matrix(_ block: FloatBuffer) -> Matrix {
        let columns = data.training.columns
        return Matrix(rows: block.count / columns, columns: columns, values: block.values.map { Double($0) })
      }
      rows = FitRows(
        features: matrix(data.training.features),
        targets: .classes(ClassLabels(data.trainingLabels.map { Int($0) }, count: data.classes)))
      test = matrix(data.test)
      score = { shares in
        let right = data.testLabels.indices.filter { i in
          let row = shares[i * data.classes..<(i + 1) * data.classes]
          return row.firstIndex(of: row.max()!)! - row.startIndex == Int(data.testLabels[i])
        }
        return Double(right.count) / Double(data.testLabels.count)
      }
    } else {
      let (fit, held) = (SmoothRows(0..<500), SmoothRows(500..<1000))
      rows = FitRows(features: fit.features, targets: .numbers(fit.targets))
      test = held.features
      score = { predicted in
        let mean = held.targets.reduce(0, +) / Double(held.targets.count)
        let errors = zip(predicted, held.targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        return 1 - errors / held.targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      }
    }
    let start = processorMilliseconds()
    let fitted = try model.fit(rows) { RandomStream(seed: 0, role: "benchmark", purpose: $0, index: $1) }
    let spent = processorMilliseconds() - start
    return Measurement(firstMilliseconds: spent, milliseconds: spent, score: score(fitted.predict(test)))
  }
}
