import Diagnostics
import Experiments
import Markup
import Protocols

/// Sees to it that a program is not handed the evaluation's data beside the rows of its roles: by a word of its command
/// line, a declared file, its environment or a setting.
struct CommandDataCheck {
  let command: DeclaredCommand
  let resolver: any DataResolver
  /// The experiment's tree.
  let tree: YAMLNode

  /// Whether no cell's program is told of the data that the cell is evaluated on.
  func isClean(_ cells: [CellDeclaration], log: inout DiagnosticLog) -> Bool {
    var checked: Set<String> = []
    for cell in cells {
      for (role, reference) in cell.evaluationData.sorted(by: { $0.key > $1.key }) {
        let spans = words(of: cell)
        for (word, place) in spans where checked.insert("\(word) \(reference.setName)").inserted {
          guard names(word, reference) else { continue }
          log.error(
            .overlappingRows,
            "'\(word)' hands the program the data '\(reference.setName)' it is evaluated on",
            at: tree.span(along: place),
            note: "every trial of a search would see the rows of 'evaluate.data.\(role.rawValue)'",
            fix: "drop it; a trial finds the rows of its roles in the files that it is told of")
          return false
        }
      }
    }
    return true
  }

  /// All texts that reach the program, and where they stand.
  private func words(of cell: CellDeclaration) -> [(word: String, place: [String])] {
    var words = (command.call.build.map { ($0, ["command", "build"]) })
    words += command.call.run.map { ($0, ["command", "run"]) }
    words += command.call.files.map { ($0.path, ["command", "files"]) }
    words += command.call.environment.sorted { $0.key < $1.key }.map {
      ($0.value, ["command", "environment", $0.key])
    }
    words += cell.template.settings.pairs.compactMap { name, value in
      guard case .text(let text) = value else { return nil }
      return (text, ["with", name])
    }
    for dimension in cell.tuning?.space.dimensions ?? [] {
      guard case .choice(let options) = dimension.domain else { continue }
      words += options.compactMap { option in
        guard case .text(let text) = option else { return nil }
        return (text, ["tune", "space", dimension.name])
      }
    }
    return words
  }

  /// Whether a word names a data set's file: its path, a copy of it, or the file name that a registered set has.
  private func names(_ word: String, _ reference: DataReference) -> Bool {
    for part in word.split(whereSeparator: { "=,:; ".contains($0) }).map(String.init) {
      switch reference.source {
      case .registered(let name):
        let file = part.split(separator: "/").last.map(String.init) ?? ""
        if file.contains("."), file.split(separator: ".").first.map(String.init) == name { return true }
      case .file(let file):
        let path = command.call.folder.isEmpty ? part : "\(command.call.folder)/\(part)"
        if [part, path].map(normal).contains(normal(file.path)) { return true }
        guard part.contains("."), let copy = resolver.digest(ofFile: path) else { continue }
        if copy == resolver.digest(ofFile: file.path) { return true }
      }
    }
    return false
  }

  private func normal(_ path: String) -> String {
    path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }
}
