import Experiments
import Parts

/// A term of the Brier score's decomposition (Murphy 1973; Stephenson, Coelho, Jolliffe 2008 for the last), with bins of each
/// class's probabilities and summed over classes.
///
/// With w rows, mean probability p̄ and frequency ȳ in a bin, and ȳₖ the class's share of all n rows: reliability is
/// Σ (w/n)(p̄ − ȳ)², resolution Σ (w/n)(ȳ − ȳₖ)², uncertainty Σ ȳₖ(1 − ȳₖ). `within-bins` is what is missing to the Brier
/// score: the spread of probabilities inside bins, less twice its covariance with the truth. Smaller is better but for
/// resolution.
package struct BrierDecomposition: ClassificationMeasure {
  package static let name = "brier-decomposition"
  package static let revision = 1
  package static let summary =
    "a term of the Brier score: reliability, resolution, uncertainty, or what bins lose"
  package static let hyperparameters =
    [
      Hyperparameter(
        "term", .choice(["reliability", "resolution", "uncertainty", "within-bins"]),
        default: .text("reliability"),
        "brier = reliability − resolution + uncertainty + within-bins")
    ] + Binning.declaration
  package static let largerIsBetter = false

  private let term: String
  private let binning: Binning

  package init(_ settings: Settings) {
    term = settings.text("term")
    binning = Binning(settings)
  }

  package func value(_ rows: Classification) -> Double {
    var (reliability, resolution, uncertainty) = (0.0, 0.0, 0.0)
    for label in 0..<rows.classes {
      let bins = binning.column(label, rows)
      let total = Double(rows.rows)
      let share = bins.outcomes.reduce(0, +) / total
      uncertainty += share * (1 - share)
      for bin in bins.weights.indices where bins.weights[bin] > 0 {
        let weight = bins.weights[bin]
        let frequency = bins.outcomes[bin] / weight
        let gap = bins.scores[bin] / weight - frequency
        reliability += weight / total * gap * gap
        resolution += weight / total * (frequency - share) * (frequency - share)
      }
    }
    switch term {
    case "reliability": return reliability
    case "resolution": return resolution
    case "uncertainty": return uncertainty
    default: return Brier(Settings()).value(rows) - reliability + resolution - uncertainty
    }
  }
}
