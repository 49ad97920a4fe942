import Statistics

/// A call's rows with the levels that weigh them within their key.
struct LeafRows {
  let keys: KeySet
  let values: [Double]
  let keyOfRow: [Int]
  /// Row × unit: the level, or −1 where the unit does not apply or the whole key carries it.
  let codes: [[Int32]]
  /// By unit: whether its levels lie within those of another.
  let isNested: [Bool]

  init(_ selection: Selection, codes unitCodes: [[Int32]], design: ResamplingDesign) {
    let units = design.units.count
    var keyCodes = [[Int32]](repeating: [Int32](repeating: -1, count: units), count: selection.keyTexts.count)
    for (unit, description) in design.units.enumerated() where selection.keyColumns.contains(description.name)
    {
      var seen = [Int32](repeating: -2, count: selection.keyTexts.count)
      for (row, key) in selection.keyOfRow.enumerated() {
        let code = unitCodes[unit][row]
        seen[key] = seen[key] == -2 || seen[key] == code ? code : -1
      }
      for key in seen.indices { keyCodes[key][unit] = seen[key] }
    }
    keys = KeySet(columns: selection.keyColumns, texts: selection.keyTexts, codes: keyCodes)
    values = selection.values
    keyOfRow = selection.keyOfRow
    codes = selection.keyOfRow.enumerated().map { row, key in
      (0..<units).map { keyCodes[key][$0] >= 0 ? -1 : unitCodes[$0][row] }
    }
    isNested = design.units.map(\.isNested)
  }

  /// Whether resampling can move the values within a key.
  var isResampled: Bool { codes.contains { $0.contains { $0 >= 0 } } }

  var valuesByKey: [[Double]] {
    var result = [[Double]](repeating: [], count: keys.count)
    for (row, key) in keyOfRow.enumerated() { result[key].append(values[row]) }
    return result
  }
}
