import Randomness

/// Elementary effects of a function on the unit cube (Morris 1991, "Factorial sampling plans for preliminary
/// computational experiments").
package struct ElementaryEffects: Sendable {
  /// Dimension × trajectory.
  let values: [[Double]]

  /// Finds effects with `trajectories` · (dimensions + 1) evaluations on a grid of `levels`.
  ///
  /// Each trajectory starts at a random grid point and changes one dimension after the other, in random order, by
  /// Δ = levels / (2 · (levels − 1)), up or down as the grid allows. An effect is the difference divided by the signed
  /// step.
  ///
  /// - Parameters:
  ///   - trajectories: at least 2.
  ///   - levels: even, so that all grid points are equally likely.
  package init(
    dimensions: Int, trajectories: Int, levels: Int = 4, random: RandomStream, function: ([Double]) -> Double
  ) {
    precondition(dimensions >= 1 && trajectories >= 2, "effects need dimensions and trajectories")
    precondition(levels >= 2 && levels % 2 == 0, "an even number of levels")
    var numbers = random
    var effects = [[Double]](repeating: [], count: dimensions)
    let jump = levels / 2
    for _ in 0..<trajectories {
      var place = (0..<dimensions).map { _ in numbers.below(levels) }
      func point() -> [Double] { place.map { Double($0) / Double(levels - 1) } }
      var value = function(point())
      for i in numbers.permutation(dimensions) {
        let step = place[Int(i)] < jump ? jump : -jump
        place[Int(i)] += step
        let next = function(point())
        effects[Int(i)].append((next - value) * Double(levels - 1) / Double(step))
        value = next
      }
    }
    values = effects
  }

  /// By dimension, the mean size of effects μ* (Campolongo, Cariboni, Saltelli 2007): how much the dimension matters.
  package var sizes: [Double] { values.map(Self.size) }

  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
  static func size(_ values: [Double]) -> Double { mean(values.map { abs($0) }) }
}

/// What elementary effects say of each dimension, with intervals: cheap, and enough to tell what matters from what does
/// not.
package struct MorrisScreening: Sendable {
  /// By dimension, the mean effect μ: the direction.
  package let effect: [SensitivityEstimate]
  /// By dimension, the mean size of effects μ*.
  package let size: [SensitivityEstimate]
  /// By dimension, the standard deviation σ of effects (divisor: trajectories − 1): curvature and interactions.
  package let deviation: [SensitivityEstimate]

  /// Estimates from `ElementaryEffects`, resampling trajectories.
  ///
  /// - Parameter stream: gives the random stream of a purpose.
  package init(
    dimensions: Int, trajectories: Int, levels: Int = 4, stream: (_ purpose: String) -> RandomStream,
    function: ([Double]) -> Double
  ) {
    let effects = ElementaryEffects(
      dimensions: dimensions, trajectories: trajectories, levels: levels, random: stream("trajectories"),
      function: function)
    func estimates(_ purpose: String, _ statistic: ([Double]) -> Double) -> [SensitivityEstimate] {
      effects.values.enumerated().map { i, effects in
        SensitivityEstimate(units: trajectories, stream: stream("\(purpose) \(i)")) { units in
          statistic(units.map { effects[$0] })
        }
      }
    }
    effect = estimates("effect", ElementaryEffects.mean)
    size = estimates("size", ElementaryEffects.size)
    deviation = estimates("deviation") { values in
      let centre = ElementaryEffects.mean(values)
      return (values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(values.count - 1)).squareRoot()
    }
  }
}
