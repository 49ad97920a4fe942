import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A printed page, read as XML: what is not well-formed does not parse.
struct Page {
  private let root: XMLElement

  init(_ html: String) throws {
    let document = try XMLDocument(xmlString: html, options: [.nodePreserveWhitespace])
    root = try #require(document.rootElement())
  }

  /// All elements in the order of the page.
  var elements: [XMLElement] { Self.all(below: root) }

  func elements(_ name: String) -> [XMLElement] { elements.filter { $0.name == name } }

  /// The values of an attribute, wherever it stands.
  func values(of attribute: String) -> [String] {
    elements.compactMap { $0.attribute(forName: attribute)?.stringValue }
  }

  /// The text of the element with that id, white space folded.
  func text(at id: String) throws -> String {
    let found = elements.first { $0.attribute(forName: "id")?.stringValue == id }
    return Self.folded(try #require(found).stringValue ?? "")
  }

  static func folded(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func all(below element: XMLElement) -> [XMLElement] {
    [element] + (element.children ?? []).compactMap { $0 as? XMLElement }.flatMap { all(below: $0) }
  }
}
