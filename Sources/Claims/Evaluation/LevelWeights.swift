/// How often each level occurs in the resample at hand, with one draw of one level left out if so asked.
struct LevelWeights {
  /// Unit × level.
  var levels: [[Double]]
  var omitted: (unit: Int, level: Int32)?

  /// What is left of the omitted level's weight w: (w − 1)/w.
  var remaining: Double {
    guard let omitted else { return 1 }
    let weight = levels[omitted.unit][Int(omitted.level)]
    return (weight - 1) / weight
  }

  /// The product of the weights of some levels, one a unit; −1 marks a unit that does not apply.
  func product(_ codes: [Int32]) -> Double {
    var product = 1.0
    for (unit, code) in codes.enumerated() where code >= 0 {
      product *= levels[unit][Int(code)]
      if let omitted, omitted.unit == unit, omitted.level == code { product *= remaining }
    }
    return product
  }
}
