import Statistics

/// A function over the rows of one column: the leaf that resampling reweights.
protocol SampleLeaf: AnyObject {
  var keys: KeySet { get }
  /// Prepares sums for the levels' weights, without anything left out.
  func load(_ weights: LevelWeights)
  /// The same where every other unit's levels occur once.
  func load(_ weights: LevelWeights, varying unit: Int)
  /// One value a key, under the weights loaded and what they leave out.
  func values(_ weights: LevelWeights) -> [Double]
  /// One of them.
  func value(_ weights: LevelWeights, at key: Int) -> Double
}

extension SampleLeaf {
  func load(_ weights: LevelWeights, varying unit: Int) { load(weights) }
  func value(_ weights: LevelWeights, at key: Int) -> Double { values(weights)[key] }
}

/// Values that no resampling moves: counts, and keys within which nothing is resampled.
final class FixedLeaf: SampleLeaf {
  let keys: KeySet
  private let fixed: [Double]

  init(_ rows: LeafRows, _ function: StatisticalFunction, _ parameter: Double) {
    keys = rows.keys
    fixed = rows.valuesByKey.map { function.value(WeightedSample($0), parameter) }
  }

  func load(_ weights: LevelWeights) {}
  func values(_ weights: LevelWeights) -> [Double] { fixed }
}

/// A function of moments. Rows of equal levels and key are added up once; a resample costs one pass over
/// these cells, and leaving a draw out costs one subtraction a key.
final class MomentLeaf: SampleLeaf {
  let keys: KeySet
  private let function: @Sendable (Moments) -> Double
  private let origin: Double
  private let cells: [(key: Int, codes: [Int32], moments: Moments)]
  /// By unit: the cells added up over the levels of all others, made when first asked for.
  private var margins: [[(key: Int, code: Int32, moments: Moments)]?]
  /// Units a draw of which may be left out, and that vary within keys.
  private let isOmittable: [Bool]
  private let levelCounts: [Int]
  private var totals: [Moments] = []
  /// Unit × (level · keys + key): the part of the totals that falls to a level.
  private var parts: [[Moments]]

  init(_ rows: LeafRows, _ function: @escaping @Sendable (Moments) -> Double, units: [Int]) {
    keys = rows.keys
    self.function = function
    origin = rows.values.first ?? 0
    var cells: [(key: Int, codes: [Int32], moments: Moments)] = []
    var places: [[Int32]: Int] = [:]
    for (i, value) in rows.values.enumerated() {
      let identity = rows.codes[i] + [Int32(rows.keyOfRow[i])]
      let place = places[identity] ?? cells.count
      if place == cells.count {
        places[identity] = place
        cells.append((rows.keyOfRow[i], rows.codes[i], Moments(origin: origin)))
      }
      let distance = value - origin
      cells[place].moments.count += 1
      cells[place].moments.sum += distance
      cells[place].moments.squares += distance * distance
    }
    self.cells = cells
    margins = units.map { _ in nil }
    isOmittable = rows.isNested.map { !$0 }
    levelCounts = units
    parts = units.map { _ in [] }
  }

  func load(_ weights: LevelWeights) {
    let empty = Moments(origin: origin)
    totals = [Moments](repeating: empty, count: keys.count)
    parts = levelCounts.enumerated().map { unit, levels in
      isOmittable[unit] ? [Moments](repeating: empty, count: levels * keys.count) : []
    }
    for cell in cells {
      let weight = weights.product(cell.codes)
      guard weight > 0 else { continue }
      totals[cell.key].add(cell.moments, weight: weight)
      for (unit, code) in cell.codes.enumerated() where code >= 0 && isOmittable[unit] {
        parts[unit][Int(code) * keys.count + cell.key].add(cell.moments, weight: weight)
      }
    }
  }

  func load(_ weights: LevelWeights, varying unit: Int) {
    let margin = margins[unit] ?? margin(unit)
    margins[unit] = margin
    let empty = Moments(origin: origin)
    totals.fill(empty, count: keys.count)
    parts[unit].fill(empty, count: levelCounts[unit] * keys.count)
    // Drawn thousands of times: no array is made, and each is looked up once.
    totals.withUnsafeMutableBufferPointer { totals in
      parts[unit].withUnsafeMutableBufferPointer { part in
        weights.levels[unit].withUnsafeBufferPointer { levels in
          for cell in margin {
            let weight = cell.code < 0 ? 1 : levels[Int(cell.code)]
            guard weight > 0 else { continue }
            totals[cell.key].add(cell.moments, weight: weight)
            if cell.code >= 0 {
              part[Int(cell.code) * keys.count + cell.key].add(cell.moments, weight: weight)
            }
          }
        }
      }
    }
  }

  private func margin(_ unit: Int) -> [(key: Int, code: Int32, moments: Moments)] {
    var margin: [(key: Int, code: Int32, moments: Moments)] = []
    var places: [[Int]: Int] = [:]
    for cell in cells {
      let identity = [cell.key, Int(cell.codes[unit])]
      let place = places[identity] ?? margin.count
      if place == margin.count {
        places[identity] = place
        margin.append((cell.key, cell.codes[unit], Moments(origin: origin)))
      }
      margin[place].moments.add(cell.moments, weight: 1)
    }
    return margin
  }

  func values(_ weights: LevelWeights) -> [Double] { totals.indices.map { value(weights, at: $0) } }

  func value(_ weights: LevelWeights, at key: Int) -> Double {
    guard let omitted = weights.omitted else { return function(totals[key]) }
    // Leaving out one of w draws takes 1/w of what the level adds.
    var rest = totals[key]
    rest.add(parts[omitted.unit][Int(omitted.level) * keys.count + key], weight: weights.remaining - 1)
    return function(rest)
  }
}

extension [Moments] {
  fileprivate mutating func fill(_ value: Moments, count: Int) {
    if self.count == count {
      for place in indices { self[place] = value }
    } else {
      self = [Moments](repeating: value, count: count)
    }
  }
}

extension Moments {
  fileprivate mutating func add(_ other: Moments, weight: Double) {
    count += weight * other.count
    sum += weight * other.sum
    squares += weight * other.squares
  }
}

/// Rows in ascending order within their key, each with its levels: samples for any weights.
private struct OrderedSamples {
  /// By key.
  private let ordered: [(values: [Double], codes: [[Int32]])]

  init(_ rows: LeafRows) {
    var members = [[Int]](repeating: [], count: rows.keys.count)
    for (i, key) in rows.keyOfRow.enumerated() { members[key].append(i) }
    ordered = members.map { places in
      let order = places.sorted { (rows.values[$0], $0) < (rows.values[$1], $1) }
      return (order.map { rows.values[$0] }, order.map { rows.codes[$0] })
    }
  }

  /// One sample a key.
  func weighted(_ weights: LevelWeights) -> [WeightedSample] {
    ordered.map { WeightedSample(ascending: $0.values, weights: $0.codes.map(weights.product)) }
  }
}

/// A function of the ordered sample, such as a median: every row keeps its value.
final class OrderedLeaf: SampleLeaf {
  let keys: KeySet
  private let function: StatisticalFunction
  private let parameter: Double
  private let samples: OrderedSamples

  init(_ rows: LeafRows, _ function: StatisticalFunction, _ parameter: Double) {
    keys = rows.keys
    self.function = function
    self.parameter = parameter
    samples = OrderedSamples(rows)
  }

  func load(_ weights: LevelWeights) {}

  func values(_ weights: LevelWeights) -> [Double] {
    samples.weighted(weights).map { function.value($0, parameter) }
  }
}

/// A function of two samples that are not aligned, within each key they share and averaged over these keys.
final class GroupsLeaf: SampleLeaf {
  let keys: KeySet
  private let function: @Sendable (WeightedSample, WeightedSample) -> Double
  private let left: OrderedSamples
  private let right: OrderedSamples
  private let places: [(Int, Int)]

  /// - Parameter places: the keys of both sides that belong together.
  init(
    _ left: LeafRows, _ right: LeafRows, places: [(Int, Int)], units: Int,
    _ function: @escaping @Sendable (WeightedSample, WeightedSample) -> Double
  ) {
    keys = KeySet.single(units: units)
    self.function = function
    self.left = OrderedSamples(left)
    self.right = OrderedSamples(right)
    self.places = places
  }

  func load(_ weights: LevelWeights) {}

  func values(_ weights: LevelWeights) -> [Double] {
    let (a, b) = (left.weighted(weights), right.weighted(weights))
    return [places.reduce(0) { $0 + function(a[$1.0], b[$1.1]) } / Double(places.count)]
  }
}
