import Datasets
import Experiments
import Parts

/// Rows as the CSV file that a command reads: the stable id, the features, the target.
///
/// The header is `item,x1,…,xN,target`; a class is its name, a number its shortest decimal form that reads back the
/// same. Text is kept for the next trial of this process.
final class RowText {
  private let library: DataLibrary
  private var known: [DataReference: [UInt8]] = [:]

  init(_ library: DataLibrary) { self.library = library }

  func bytes(of reference: DataReference) throws -> [UInt8] {
    if let bytes = known[reference] { return bytes }
    let rows = try library.rows(for: reference)
    let items = try library.items(for: reference)
    let dataset = rows.dataset
    var text = "item,"
    for column in 1...dataset.columns { text += "x\(column)," }
    text += "target\n"
    for (item, row) in zip(items, rows.rows) {
      text += item.hex
      let start = Int(row) * dataset.columns
      for feature in dataset.features[start..<start + dataset.columns] {
        text += ","
        text += Self.text(feature)
      }
      switch dataset.kind {
      case .classification: text += ",\(Self.quoted(dataset.classes[Int(dataset.labels[Int(row)])]))\n"
      case .regression: text += ",\(numberLabel(dataset.targets[Int(row)]))\n"
      }
    }
    let bytes = Array(text.utf8)
    known[reference] = bytes
    return bytes
  }

  /// What an artefact holds about the rows that a trial opens, as a CSV file `item,v1,…`; nil where it is not about items.
  func bytes(of content: ArtefactContent, for data: [DataRole: DataReference]) throws -> [UInt8]? {
    guard let items = content.items, let array = content.arrays.first else { return nil }
    let own = try self.items(of: data)
    let width = array.shape.dropFirst().reduce(1, *)
    var text = (["item"] + (0..<width).map { "v\($0 + 1)" }).joined(separator: ",") + "\n"
    for (place, item) in items.enumerated() where own.contains(item) {
      let values = array.values[place * width..<(place + 1) * width].map(\.description)
      text += ([item.hex] + values).joined(separator: ",") + "\n"
    }
    return Array(text.utf8)
  }

  /// The stable ids of all these rows.
  func items(of data: [DataRole: DataReference]) throws -> Set<RowDigest> {
    try data.values.reduce(into: Set()) { items, rows in items.formUnion(try library.items(for: rows)) }
  }

  private static func text(_ value: Float) -> String {
    value == value.rounded() && abs(value) < 1e7 ? String(Int(value)) : value.description
  }

  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
