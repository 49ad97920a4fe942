/// A statistic whose rows can be weighted by the levels they belong to.
///
/// `load` is called once a resample, the values many times between; a class may keep what they share.
package protocol ResampledStatistic: AnyObject {
  /// Sets how often each level of each unit occurs (unit × level).
  func load(_ weights: [[Double]])
  /// The same where every other unit's levels occur once: sums over these may be kept from one resample to the next.
  /// Only levels of that unit are then left out.
  func load(_ weights: [[Double]], varying unit: Int)
  /// The value under the weights loaded; NaN where undefined.
  func value() -> Double
  /// The value with one occurrence fewer of a level that occurs at least once; NaN where undefined.
  func value(without level: Int, of unit: Int) -> Double
  /// The size of the numbers the last values were made of, against which rounding errors are judged.
  var magnitude: Double { get }
}

extension ResampledStatistic {
  package func load(_ weights: [[Double]], varying unit: Int) { load(weights) }
}
