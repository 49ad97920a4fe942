/// Where an author expects the good values of a dimension.
package enum Prior: Hashable, Sendable {
  /// About this number: a quarter of the draws are spread evenly over the range, the others rise in a straight line
  /// from its ends to the number, both on the range's own scale.
  case around(Setting)
  /// A weight for each option of a choice, at least one of them positive; those of 0 are not drawn.
  case weights([Double])

  private static let evenShare = 0.25

  /// The position in [0, 1] below which a share `u` of the draws about `peak` lies: with e the even share, F is
  /// e·t + (1 − e)·t²/peak below the peak, and its mirror image above.
  static func quantile(_ u: Double, peak: Double) -> Double {
    let atPeak = peak
    func below(_ u: Double, _ peak: Double) -> Double {
      let square = (1 - evenShare) / peak
      return 2 * u / (evenShare + (evenShare * evenShare + 4 * square * u).squareRoot())
    }
    return u < atPeak ? below(u, peak) : 1 - below(1 - u, 1 - peak)
  }
}
