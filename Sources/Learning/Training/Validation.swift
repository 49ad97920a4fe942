import Tensors

/// Held-out examples, whose mean loss is computed in blocks of fixed size.
final class Validation {
  private let full: Pass
  private let last: Pass?
  private let order: [Int32]

  init(_ loss: any BatchLoss, source: any WeightSource) {
    let block = min(256, loss.examples)
    let left = loss.examples % block
    full = Pass(loss, rows: block, isTraining: false, source: source)
    last = left == 0 ? nil : Pass(loss, rows: left, isTraining: false, source: source)
    order = Array(0..<Int32(loss.examples))
  }

  /// The mean loss with these parameters.
  func loss(_ parameters: UnsafePointer<Float>) -> Double {
    var sum = 0.0
    order.withUnsafeBufferPointer { order in
      var start = 0
      while start < order.count {
        let rows = min(full.rows, order.count - start)
        let pass = rows == full.rows ? full : last!
        pass.prepare(UnsafeBufferPointer(rebasing: order[start..<start + rows])) { _ in
          preconditionFailure("a graph for prediction has no noise")
        }
        sum += pass.evaluate(parameters) * Double(rows)
        start += rows
      }
    }
    return sum / Double(order.count)
  }
}
