/// Expected calibration error of confidences x and outcomes y between 0 and 1: the mean gap between their means over 15 bins
/// of x of equal width, weighted by the bins' rows (Guo et al., ICML 2017, eq. 3).
///
/// Bin b holds x in ((b − 1)/15, b/15], the first also 0, as in the measure `ece`. NaN without rows.
package func expectedCalibrationError(_ pairs: PairedSample) -> Double {
  let count = 15
  var gaps = [Double](repeating: 0, count: count)
  var total = 0.0
  for (place, confidence) in pairs.x.enumerated() {
    let bin = min(count, max(1, Int((min(max(confidence, 0), 1) * Double(count)).rounded(.up)))) - 1
    gaps[bin] += pairs.weights[place] * (pairs.y[place] - confidence)
    total += pairs.weights[place]
  }
  return total > 0 ? gaps.reduce(0) { $0 + abs($1) } / total : .nan
}
