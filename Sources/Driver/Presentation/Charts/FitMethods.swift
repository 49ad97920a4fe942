import Charts
import Statistics
import Studies

/// Curves and differences that charts show and `Statistics` computes.
enum FitMethods {
  static func method(_ fit: ChartBlock.Options.Fit) -> FitMethod {
    switch fit {
    case .linear: linear
    case .isotonic: isotonic
    case .powerLaw: scaling { ScalingFit.powerLaw($0, $1) }
    case .saturating: scaling { ScalingFit.saturating($0, $1) }
    }
  }

  /// Nemenyi's: q · √(k(k + 1) / 12N), q the 95 % quantile of the range of k standard normals (Demšar, JMLR
  /// 2006, section 3.2.2, whose q is divided by √2).
  static let criticalDifference: @Sendable (Int, Int) -> Double = { treatments, blocks in
    let k = Double(treatments)
    return NormalRangeDistribution(count: treatments).quantile(0.95)
      * (k * (k + 1) / (12 * Double(blocks))).squareRoot()
  }

  /// With the 95 % interval of the line, for independent normal residuals of equal variance.
  private static let linear: FitMethod = { points in
    guard let fit = LinearFit(points.map(\.x), points.map(\.y)) else { return nil }
    let mean = points.reduce(0) { $0 + $1.x } / Double(points.count)
    let t = StudentDistribution(degreesOfFreedom: fit.degreesOfFreedom).quantile(0.975)
    let slopeVariance = fit.slopeError * fit.slopeError
    let meanVariance = max(fit.interceptError * fit.interceptError - slopeVariance * mean * mean, 0)
    let value: @Sendable (Double) -> Double = { fit.intercept + fit.slope * $0 }
    return FittedCurve(label: "slope \(NumberText.significant(fit.slope, digits: 3))", value: value) { x in
      let half = t * (meanVariance + slopeVariance * (x - mean) * (x - mean)).squareRoot()
      return (value(x) - half, value(x) + half)
    }
  }

  /// Rising or falling, whichever leaves the smaller squares; a step function of x.
  private static let isotonic: FitMethod = { points in
    let (x, y) = (points.map(\.x), points.map(\.y))
    func fit(_ isIncreasing: Bool) -> (squares: Double, steps: [(x: Double, y: Double)])? {
      guard let values = isotonicFit(x, y, isIncreasing: isIncreasing) else { return nil }
      let squares = zip(values, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return (squares, zip(x, values).map { (x: $0, y: $1) }.sorted { ($0.x, $0.y) < ($1.x, $1.y) })
    }
    guard let rising = fit(true), let falling = fit(false) else { return nil }
    let steps = rising.squares <= falling.squares ? rising.steps : falling.steps
    return FittedCurve { place in (steps.last { $0.x <= place } ?? steps[0]).y }
  }

  private static func scaling(_ fit: @escaping @Sendable ([Double], [Double]) -> ScalingFit?) -> FitMethod {
    { points in
      guard let fit = fit(points.map(\.x), points.map(\.y)) else { return nil }
      let ends = fit.exponentInterval(0.95)
      let exponent = NumberText.significant(-fit.exponent, digits: 3)
      let interval =
        "[\(NumberText.significant(-ends.upper, digits: 3)), \(NumberText.significant(-ends.lower, digits: 3))]"
      return FittedCurve(
        label: "exponent \(exponent) \(interval)", value: { fit.value(at: $0) },
        interval: { fit.interval(at: $0, level: 0.95) })
    }
  }
}
