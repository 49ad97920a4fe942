import Randomness

/// Made-up results whose true mean is 0, to see how often an interval holds it.
package struct SimulatedExperiment: Hashable, Sendable {
  /// How rows hang together.
  package enum Layout: Hashable, Sendable {
    /// Independent runs.
    case independent(Int)
    /// Two methods on the same seeds, the seed moving both; the difference is what counts. The second method varies
    /// half as much.
    case paired(Int)
    /// Every fold with every seed, both with effects of standard deviation 1, and what is left with `remainder`.
    case crossed(folds: Int, seeds: Int, remainder: Double = 0.5)
    /// Seeds of their own in every fold, with effects of the same size and a remainder of ½.
    case nested(folds: Int, seeds: Int)

    package var name: String {
      switch self {
      case .independent(let n): "independent \(n)"
      case .paired(let n): "paired \(n)"
      case .crossed(let folds, let seeds, let remainder):
        "crossed \(folds) × \(seeds)\(remainder > 1 ? ", noisy" : "")"
      case .nested(let folds, let seeds): "nested \(folds) × \(seeds)"
      }
    }
  }

  /// How effects are distributed, with mean 0 and standard deviation 1.
  package enum Noise: String, CaseIterable, Sendable {
    case normal
    /// Gamma of shape 4: skewness 1.
    case skewed
    /// Exponential: skewness 2.
    case exponential
    /// Four in five at a ceiling up to a normal hundredth, the others anywhere within 1 below it: skewness about −2.4.
    case ceiling

    package func draw(_ stream: inout RandomStream) -> Double {
      switch self {
      case .normal: return stream.normal()
      case .skewed:
        var product = 1.0
        for _ in 0..<4 { product *= 1 - stream.uniform() }
        return (-logarithm(product) - 4) / 2
      case .exponential: return -logarithm(1 - stream.uniform()) - 1
      case .ceiling:
        let place = stream.uniform()
        return SimulatedExperiment.standardised(
          ceiling: place < 0.8 ? 0.01 * stream.normal() : -stream.uniform())
      }
    }
  }

  /// What is estimated of the rows.
  package enum Estimand: String, CaseIterable, Sendable { case mean, median }

  package let layout: Layout
  package let noise: Noise

  package init(_ layout: Layout, _ noise: Noise) {
    self.layout = layout
    self.noise = noise
  }

  /// The true value; nil where it is not known, as medians of sums of skewed effects.
  package func truth(_ estimand: Estimand) -> Double? {
    if estimand == .mean || noise == .normal { return 0 }
    guard case .independent = layout else { return nil }
    switch noise {
    case .normal: return 0
    case .skewed: return (3.6720607488508966 - 4) / 2
    case .exponential: return 0.6931471805599453 - 1
    // Where (1 + x)/5 + 4/5·Φ(100·x) is ½.
    case .ceiling: return Self.standardised(ceiling: -0.0031655305039143076)
    }
  }

  /// A value at or below a ceiling of 0, of mean −1/10 and variance 0.8 · 10⁻⁴ + 1/15 − 1/100.
  fileprivate static func standardised(ceiling value: Double) -> Double {
    (value + 0.1) / (0.00008 + 1.0 / 15 - 0.01).squareRoot()
  }

  /// What intervals resample.
  package var design: ResamplingDesign {
    switch layout {
    case .independent(let n), .paired(let n): ResamplingDesign(units: [.crossed("seed", n)])
    case .crossed(let folds, let seeds, _):
      ResamplingDesign(units: [.crossed("fold", folds), .crossed("seed", seeds)])
    case .nested(let folds, let seeds):
      ResamplingDesign(
        units: [.crossed("fold", folds), .nested("seed", [Int](repeating: seeds, count: folds))])
    }
  }

  /// One value a row, with its level of each unit (unit × row).
  package func rows(_ stream: inout RandomStream) -> (values: [Double], levels: [[Int]]) {
    switch layout {
    case .independent(let n): return ((0..<n).map { _ in noise.draw(&stream) }, [Array(0..<n)])
    case .paired(let n):
      let differences = (0..<n).map { _ in
        let seed = stream.normal()
        return (seed + noise.draw(&stream)) - (seed + 0.5 * noise.draw(&stream))
      }
      return (differences, [Array(0..<n)])
    case .crossed(let folds, let seeds, let remainder):
      return twoUnits(folds, seeds, isNested: false, remainder, &stream)
    case .nested(let folds, let seeds): return twoUnits(folds, seeds, isNested: true, 0.5, &stream)
    }
  }

  private func twoUnits(
    _ folds: Int, _ seeds: Int, isNested: Bool, _ remainder: Double, _ stream: inout RandomStream
  ) -> (values: [Double], levels: [[Int]]) {
    let foldEffects = (0..<folds).map { _ in noise.draw(&stream) }
    let seedEffects = (0..<(isNested ? folds * seeds : seeds)).map { _ in noise.draw(&stream) }
    var (values, foldOfRow, seedOfRow): ([Double], [Int], [Int]) = ([], [], [])
    for fold in 0..<folds {
      for seed in 0..<seeds {
        let level = isNested ? fold * seeds + seed : seed
        values.append(foldEffects[fold] + seedEffects[level] + remainder * noise.draw(&stream))
        foldOfRow.append(fold)
        seedOfRow.append(level)
      }
    }
    return (values, [foldOfRow, seedOfRow])
  }
}
