import Experiments

/// The points of a space as rows of numbers for a regression model.
///
/// A numeric dimension is its position; a choice of two is 0 or 1, of more a column for each option with 1 for the one
/// chosen. What does not exist stands in the middle, ½ or equal shares, so that two configurations do not differ by
/// what neither of them has.
struct ModelSpace {
  let space: Space
  /// The columns of each dimension.
  let columns: [Range<Int>]
  let width: Int

  init(_ space: Space) {
    self.space = space
    var columns: [Range<Int>] = []
    var width = 0
    for dimension in space.dimensions {
      var count = 1
      if case .choice(let options) = dimension.domain, options.count != 2 { count = options.count }
      columns.append(width..<width + count)
      width += count
    }
    self.columns = columns
    self.width = width
  }

  func isNumeric(_ dimension: Int) -> Bool {
    if case .choice = space.dimensions[dimension].domain { false } else { true }
  }

  /// - Parameter point: as `Space.point` gives it.
  func row(_ point: [Double]) -> [Double] {
    var row = [Double](repeating: 0.5, count: width)
    for (dimension, position) in point.enumerated() {
      guard case .choice(let options) = space.dimensions[dimension].domain else {
        if !position.isNaN { row[columns[dimension].lowerBound] = position }
        continue
      }
      let places = columns[dimension]
      if position.isNaN {
        for place in places { row[place] = 1 / Double(options.count) }
      } else {
        let option = min(options.count - 1, Int(position * Double(options.count)))
        if places.count == 1 {
          row[places.lowerBound] = options.count == 1 ? 0.5 : Double(option)
        } else {
          for place in places { row[place] = place - places.lowerBound == option ? 1 : 0 }
        }
      }
    }
    return row
  }
}
