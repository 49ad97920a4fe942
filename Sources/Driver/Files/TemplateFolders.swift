import Diagnostics
import Foundation
import Reports

/// Where templates come from: the tool's own, then `templates` of the project's folder, then `templates` among a study's
/// assets (`tuning/budget/templates` for `tuning/budget.md`). A file replaces those of its name before it.
struct TemplateFolders {
  private let shared: [String]

  /// - Parameter store: the path of the store, which lies in `.assay` of the project's folder.
  init(home: Home, store: String) {
    let project = URL(fileURLWithPath: store).deletingLastPathComponent().deletingLastPathComponent()
    let own = project.appendingPathComponent("templates").path
    let isOther = URL(fileURLWithPath: home.templates).standardizedFileURL.path != own
    shared = [home.templates] + (isOther && Self.exists(own) ? [own] : [])
  }

  /// The folders for a study's report; for the pages over all studies where it is nil.
  func folders(for study: String?) -> [String] {
    guard let study, study.hasSuffix(".md") else { return shared }
    let own = String(study.dropLast(3)) + "/templates"
    return Self.exists(own) ? shared + [own] : shared
  }

  /// The files that count.
  func files(for study: String?) -> [String] { TemplateSet.files(in: folders(for: study)) }

  /// The mistakes in the templates of those studies' reports and of the pages over all studies, each once.
  func mistakes(for studies: [String]) -> [Diagnostic] {
    var seen: Set<[String]> = []
    var found: [Diagnostic] = []
    for study in [nil] + studies where seen.insert(folders(for: study)).inserted {
      do { _ = try TemplateSet(folders: folders(for: study)) } catch {
        found += error.diagnostics.filter { one in !found.contains { $0.rendered == one.rendered } }
      }
    }
    return found
  }

  private static func exists(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}
