import Foundation
import Markup
import Reports

/// Files beside a study that its prose links to, such as the program that made its data: they go with the report, so that
/// its links lead somewhere.
struct LinkedFiles {
  /// Their paths below the study's folder, each once.
  let names: [String]
  private let folder: String

  /// Larger files stay where they are.
  private static let maximumBytes = 1 << 20

  init(_ document: MarkdownDocument, of study: String) {
    let folder = (study as NSString).deletingLastPathComponent
    self.folder = folder.isEmpty ? "." : folder
    let root = URL(fileURLWithPath: self.folder).resolvingSymlinksInPath().path
    var names: [String] = []
    for destination in document.linkDestinations {
      guard case .relative(let written)? = LinkDestination(destination) else { continue }
      let end = written.firstIndex { $0 == "#" || $0 == "?" } ?? written.endIndex
      guard let name = written[..<end].removingPercentEncoding, !names.contains(name), !Self.isPage(name),
        !name.unicodeScalars.contains(where: { $0.value < 0x20 })
      else {
        continue
      }
      // Neither above the study's folder nor, by a link of the file system, elsewhere.
      let path = URL(fileURLWithPath: "\(root)/\(name)").resolvingSymlinksInPath().path
      guard path.hasPrefix(root + "/"),
        path == URL(fileURLWithPath: "\(root)/\(name)").standardizedFileURL.path,
        let facts = try? FileManager.default.attributesOfItem(atPath: path),
        facts[.type] as? FileAttributeType == .typeRegular,
        (facts[.size] as? Int ?? .max) <= Self.maximumBytes
      else { continue }
      names.append(name)
    }
    self.names = names
  }

  /// Where they lie.
  var paths: [String] { names.map { "\(folder)/\($0)" } }

  /// Pages are made from studies, not copied.
  private static func isPage(_ name: String) -> Bool {
    ["md", "html"].contains((name as NSString).pathExtension.lowercased())
  }
}
