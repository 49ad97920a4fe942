/// Pairs of numbers with how often each occurs: what every two-sample function takes.
package struct PairedSample: Sendable {
  package let x: [Double]
  package let y: [Double]
  package let weights: [Double]

  /// Leaves out pairs with an undefined member and those that do not occur.
  package init(_ x: [Double], _ y: [Double], weights: [Double]) {
    precondition(x.count == y.count && x.count == weights.count, "pairs and their weights")
    let kept = x.indices.filter { !x[$0].isNaN && !y[$0].isNaN && weights[$0] > 0 }
    self.x = kept.map { x[$0] }
    self.y = kept.map { y[$0] }
    self.weights = kept.map { weights[$0] }
  }

  /// Each pair once.
  package init(_ x: [Double], _ y: [Double]) {
    self.init(x, y, weights: [Double](repeating: 1, count: x.count))
  }
}
