import Experiments

/// The order of a column's values: as the study lists a factor's levels, else ascending.
struct KeyOrder {
  private let places: [String: Int]

  init(column: String, scope: ExpressionScope) {
    let levels = scope.schemas.lazy.compactMap { schema -> [String]? in
      guard let found = schema.column(column), !found.isNumeric else { return nil }
      return found.levels
    }.first
    places = Dictionary(uniqueKeysWithValues: (levels ?? []).enumerated().map { ($1, $0) })
  }

  func precedes(_ a: String, _ b: String) -> Bool {
    if let x = places[a], let y = places[b] { return x < y }
    if let x = decimal(a), let y = decimal(b) { return x < y }
    return a < b
  }
}
