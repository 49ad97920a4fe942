import Experiments
import Parts
import Tensors

/// Smooth calibration error (Błasiok, Nakkiran, ICLR 2024, def. 3): the σ at which ∫ |Σ (correct − confidence) K(t, confidence)| dt
/// / n equals σ, with the Gaussian kernel K of width σ reflected at 0 and 1.
///
/// Computed on 501 points of t: each residual is shared by the two points around its confidence, the integral is the trapezoid
/// rule's, and σ is bisected between 0.001 and 1 down to 2⁻⁴⁰. An error below 0.001 is that of σ = 0.001.
package struct SmoothECE: ClassificationMeasure {
  package static let name = "smooth-ece"
  package static let revision = 1
  package static let summary =
    "smooth calibration error: residuals smoothed by a Gaussian whose width equals the error found"
  package static let hyperparameters: [Hyperparameter] = []
  package static let largerIsBetter = false

  package init(_ settings: Settings) {}

  package func value(_ rows: Classification) -> Double {
    var mass = [Double](repeating: 0, count: Self.cells + 1)
    for row in 0..<rows.rows {
      let confidence = rows.top.confidences[row]
      let residual = (rows.top.isCorrect[row] ? 1 : 0) - confidence
      let position = confidence * Double(Self.cells)
      let cell = min(Self.cells - 1, Int(position))
      let share = position - Double(cell)
      mass[cell] += residual * (1 - share)
      mass[cell + 1] += residual * share
    }
    for cell in mass.indices { mass[cell] /= Double(rows.rows) }
    var low = 1e-3
    var high = 1.0
    let least = error(mass, low)
    if least <= low { return least }
    for _ in 0..<40 {
      let middle = 0.5 * (low + high)
      if error(mass, middle) > middle { low = middle } else { high = middle }
    }
    return high
  }

  private static let cells = 500

  /// The integral of the absolute smoothed residuals at one width.
  private func error(_ mass: [Double], _ width: Double) -> Double {
    let cells = Self.cells
    // The kernel at distances 0 … 2, in cells; beyond eight widths it is nothing.
    let reach = min(2 * cells, Int(8 * width * Double(cells)) + 1)
    let kernel = (0...2 * cells).map { distance in
      let z = Double(distance) / Double(cells) / width
      return distance > reach ? 0 : exponential(-0.5 * z * z) / (width * 2.5066282746310002)
    }
    var total = 0.0
    for point in 0...cells {
      var smoothed = 0.0
      for (source, residual) in mass.enumerated() where residual != 0 {
        smoothed +=
          residual
          * (kernel[abs(point - source)] + kernel[point + source] + kernel[2 * cells - point - source])
      }
      total += (point == 0 || point == cells ? 0.5 : 1) * abs(smoothed)
    }
    return total / Double(cells)
  }
}
