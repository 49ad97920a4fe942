import Tensors

/// Labelled rows a network is trained on, in memory.
package struct TrainingSet {
  /// The truth of each row.
  package enum Targets {
    /// Class indices.
    case classes([Int32])
    case numbers([Float])
  }

  /// rows × columns.
  package let features: FloatBuffer
  package let targets: Targets
  package let rows: Int
  package let columns: Int

  package init(features: FloatBuffer, targets: Targets) {
    switch targets {
    case .classes(let labels): rows = labels.count
    case .numbers(let values): rows = values.count
    }
    precondition(rows > 0 && features.count % rows == 0, "a training set needs rows of equal length")
    columns = features.count / rows
    self.features = features
    self.targets = targets
  }

  /// Some of the rows, in that order.
  package func rows(at places: [Int32]) -> TrainingSet {
    let chosen = FloatBuffer(zeros: places.count * columns)
    for (i, place) in places.enumerated() {
      (chosen.base + i * columns).update(from: features.base + Int(place) * columns, count: columns)
    }
    switch targets {
    case .classes(let all):
      return TrainingSet(features: chosen, targets: .classes(places.map { all[Int($0)] }))
    case .numbers(let all):
      return TrainingSet(features: chosen, targets: .numbers(places.map { all[Int($0)] }))
    }
  }
}
