/// Round numbers at equal steps of 1, 2 or 5 times a power of ten.
package struct NiceTicks {
  /// Ascending, all within the domain; each the double nearest to its decimal number.
  package let values: [Double]
  /// As many decimals as the step needs, with a common unit where numbers are large or small.
  package let labels: [String]
  private let step: Step

  /// The smallest step, not below `minimumStep`, that gives at most `count` ticks between `lower` and `upper`; where that
  /// would be one alone, which tells no distance, the next smaller that gives at most one more than `count`.
  package init(_ lower: Double, _ upper: Double, atMost count: Int, minimumStep: Double = 0) {
    var step = Step.below((upper - lower) / Double(max(count, 1) + 1))
    while step.count(lower, upper) > Double(max(count, 1)) || step.size < minimumStep { step = step.next }
    if count > 1, step.count(lower, upper) < 2 {
      let several = step.smaller.first { (2...Double(count + 1)).contains($0.count(lower, upper)) }
      if let several, several.size >= minimumStep { step = several }
    }
    self.init(lower, upper, step: step)
  }

  /// The same with steps of 2.5 in place of 5 times a power of ten where as many ticks are still allowed: for a few classes
  /// that would be too coarse.
  static func finer(_ lower: Double, _ upper: Double, atMost count: Int) -> NiceTicks {
    let coarse = NiceTicks(lower, upper, atMost: count)
    guard coarse.step.mantissa == 5 else { return coarse }
    let half = Step(mantissa: 25, exponent: coarse.step.exponent - 1)
    return half.count(lower, upper) <= Double(count) ? NiceTicks(lower, upper, step: half) : coarse
  }

  private init(_ lower: Double, _ upper: Double, step: Step) {
    self.step = step
    let (first, last) = step.range(lower, upper)
    let indices = first <= last ? Array(Int(first)...Int(last)) : []
    values = indices.map { step.value(Double($0)) }
    labels = TickText(step: step, largest: values.map(\.magnitude).max() ?? 0).labels(indices)
  }

  /// The domain widened to whole steps, so that ticks stand at both ends.
  package static func extended(
    _ lower: Double, _ upper: Double, atMost count: Int, minimumStep: Double
  ) -> (Double, Double) {
    var step = Step.below((upper - lower) / Double(max(count, 2) + 1))
    while true {
      let (first, last) = step.outerRange(lower, upper)
      if Int(last - first) + 1 <= max(count, 2), step.size >= minimumStep {
        return (step.value(first), step.value(last))
      }
      step = step.next
    }
  }
}

/// A tick distance, `mantissa` × 10^`exponent`.
struct Step {
  /// 1, 2 or 5; 25 where 5 would be too coarse.
  let mantissa: Int
  /// Of ten.
  let exponent: Int

  /// A step not above `span`, at most ten times smaller.
  static func below(_ span: Double) -> Step {
    Step(mantissa: 1, exponent: DecimalLogarithm.floor(max(span, 1e-300)))
  }

  /// The distance itself.
  var size: Double { value(1) }

  /// The next larger step.
  var next: Step {
    switch mantissa {
    case 1: Step(mantissa: 2, exponent: exponent)
    case 2: Step(mantissa: 5, exponent: exponent)
    default: Step(mantissa: 1, exponent: exponent + 1)
    }
  }

  /// Smaller steps, the largest first.
  var smaller: [Step] {
    switch mantissa {
    case 1: [Step(mantissa: 5, exponent: exponent - 1), Step(mantissa: 25, exponent: exponent - 2)]
    case 2: [Step(mantissa: 1, exponent: exponent)]
    default: [Step(mantissa: 25, exponent: exponent - 1), Step(mantissa: 2, exponent: exponent)]
    }
  }

  /// `index` steps from zero.
  func value(_ index: Double) -> Double {
    let product = index * Double(mantissa)
    if product == 0 { return 0 }
    return exponent < 0
      ? product / DecimalLogarithm.power(-exponent) : product * DecimalLogarithm.power(exponent)
  }

  /// First and last index within; a tick a rounding error outside counts as within.
  func range(_ lower: Double, _ upper: Double) -> (Double, Double) {
    (((lower / size) - 1e-6).rounded(.up), ((upper / size) + 1e-6).rounded(.down))
  }

  /// Last index not above `lower`, first not below `upper`.
  func outerRange(_ lower: Double, _ upper: Double) -> (Double, Double) {
    (((lower / size) + 1e-6).rounded(.down), ((upper / size) - 1e-6).rounded(.up))
  }

  /// How many ticks lie within.
  func count(_ lower: Double, _ upper: Double) -> Double {
    let (first, last) = range(lower, upper)
    return last - first + 1
  }
}
