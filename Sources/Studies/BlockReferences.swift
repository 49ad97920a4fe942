import Diagnostics
import Markup

/// The references between experiment blocks, `like` and `starts-from`: each must name an earlier experiment.
struct BlockReferences {
  /// The experiments in the order of the file.
  let experiments: [(block: StudyBlock, tree: YAMLNode)]

  /// Checks every reference and gives each sound experiment's tree with what it is `like` laid under it.
  func resolved(log: inout DiagnosticLog) -> [(block: StudyBlock, tree: YAMLNode, like: String?)] {
    var done: [(block: StudyBlock, tree: YAMLNode, like: String?)] = []
    for (position, experiment) in experiments.enumerated() {
      let references = Self.references(experiment.tree)
      guard references.map({ check($0, from: position, log: &log) }).allSatisfy({ $0 }) else { continue }
      let like = experiment.tree.value(at: ["like"])?.scalar?.text
      var tree = experiment.tree.removing("like")
      if let like {
        guard let base = done.first(where: { $0.block.name == like }) else { continue }
        tree = tree.laid(over: base.tree)
      }
      done.append((experiment.block, tree, like))
    }
    return done
  }

  /// The names a block refers to.
  private static func references(_ tree: YAMLNode) -> [YAMLScalar] {
    var found: [YAMLScalar] = []
    if let like = tree.value(at: ["like"])?.scalar { found.append(like) }
    if case .mapping(let stages, _)? = tree.value(at: ["starts-from"]) {
      found += stages.compactMap { $0.value.value(at: ["experiment"])?.scalar }
    }
    return found
  }

  /// Whether a reference names an earlier experiment.
  private func check(_ reference: YAMLScalar, from position: Int, log: inout DiagnosticLog) -> Bool {
    let name = experiments[position].block.name
    guard let target = experiments.firstIndex(where: { $0.block.name == reference.text }) else {
      log.error(
        .unknownBlockReference, "there is no experiment '\(reference.text)'", at: reference.span,
        note: experiments.count > 1
          ? "the study has \(experiments.map(\.block.name).joined(separator: ", "))" : nil,
        fix: nearestName(to: reference.text, in: experiments.map(\.block.name)).map { "write '\($0)'" })
      return false
    }
    if target == position {
      let earlier = experiments[..<position].map(\.block.name)
      log.error(
        .cyclicReference, "'\(name)' builds on itself", at: reference.span,
        note: "an experiment builds on earlier ones only",
        fix: earlier.isEmpty
          ? "drop the reference" : "name an earlier one: \(earlier.joined(separator: ", "))")
      return false
    }
    if reaches(target, position) {
      log.error(
        .cyclicReference, "'\(name)' and '\(reference.text)' build on each other", at: reference.span,
        note: "an experiment builds on earlier ones only")
      return false
    }
    if target > position {
      log.error(
        .laterBlockReference, "the experiment '\(reference.text)' comes later", at: reference.span,
        note: "a block builds on earlier ones only", fix: "move '\(reference.text)' above '\(name)'")
    }
    return target < position
  }

  /// Whether following references from `start` comes to `goal`.
  private func reaches(_ start: Int, _ goal: Int) -> Bool {
    var visited: Set<Int> = []
    var open = [start]
    while let current = open.popLast() {
      if current == goal { return true }
      guard visited.insert(current).inserted else { continue }
      for reference in Self.references(experiments[current].tree) {
        if let next = experiments.firstIndex(where: { $0.block.name == reference.text }) { open.append(next) }
      }
    }
    return false
  }
}
