/// Measures a continuous axis by what looks equally long on it: the number itself, or its logarithm.
struct AxisMeasure: Sendable {
  let isLogarithmic: Bool

  init(_ scale: ChartScale) { isLogarithmic = scale.isLogarithmic }

  /// Nil for what the axis cannot show.
  func measure(_ number: Double) -> Double? {
    guard number.isDrawable, !isLogarithmic || number >= LogScale.smallest else { return nil }
    return isLogarithmic ? DecimalLogarithm.log10(number) : number
  }

  /// Nil for categories, too.
  func measure(of value: ChartValue?) -> Double? {
    guard case .number(let number)? = value else { return nil }
    return measure(number)
  }

  /// The number back.
  func number(_ measure: Double) -> Double {
    isLogarithmic ? DecimalLogarithm.exponential(measure) : measure
  }
}
