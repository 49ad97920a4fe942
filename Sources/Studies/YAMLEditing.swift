import Diagnostics
import Markup

/// Editing of YAML trees: what `like`, `vary` and `profiles` do to a block before it is read.
///
/// Edits work on the tree, not on decoded values, so every node keeps the place where the author wrote it.
extension YAMLNode {
  /// The value under a path of keys, or nil.
  func value(at path: some Collection<String>) -> YAMLNode? {
    guard let head = path.first else { return self }
    guard case .mapping(let entries, _) = self, let entry = entries.first(where: { $0.key.text == head })
    else {
      return nil
    }
    return entry.value.value(at: path.dropFirst())
  }

  /// The place of the deepest part of a path that the author wrote; the tree's own where none of it stands there.
  func span(along path: [String]) -> SourceSpan {
    for length in stride(from: path.count, through: 1, by: -1) {
      if let node = value(at: path.prefix(length)) { return node.span }
    }
    return span
  }

  /// The tree with the value under a path replaced, made where it was missing.
  ///
  /// A part written as a bare name becomes a part with settings where the path goes through it.
  func setting(_ path: some Collection<String>, to value: YAMLNode) -> YAMLNode {
    guard let head = path.first else { return value }
    let rest = path.dropFirst()
    func fresh() -> YAMLNode {
      rest.isEmpty ? value : YAMLNode.mapping([], value.span).setting(rest, to: value)
    }
    let key = YAMLScalar(text: head, span: value.span, isQuoted: false)
    guard case .mapping(var entries, let span) = self else {
      return .mapping([YAMLEntry(key: key, value: fresh())], value.span)
    }
    if let place = entries.firstIndex(where: { $0.key.text == head }) {
      entries[place] = YAMLEntry(
        key: entries[place].key, value: entries[place].value.setting(rest, to: value))
    } else {
      entries.append(YAMLEntry(key: key, value: fresh()))
    }
    return .mapping(entries, span)
  }

  func removing(_ key: String) -> YAMLNode {
    guard case .mapping(let entries, let span) = self else { return self }
    return .mapping(entries.filter { $0.key.text != key }, span)
  }

  /// The keys below which a block is merged key by key; any other value is replaced whole.
  private static let containers: Set<String> = [
    "", "data", "with", "vary", "tune", "tune.space", "tune.data", "evaluate", "evaluate.data",
  ]

  /// This block's tree laid over another's: how a block that is `like` another overrides it, path by path.
  func laid(over base: YAMLNode, at path: String = "") -> YAMLNode {
    guard Self.containers.contains(path), case .mapping(let mine, let span) = self,
      case .mapping(var merged, _) = base
    else { return self }
    for entry in mine {
      let inner = path.isEmpty ? entry.key.text : "\(path).\(entry.key.text)"
      if let place = merged.firstIndex(where: { $0.key.text == entry.key.text }) {
        merged[place] = YAMLEntry(
          key: entry.key, value: entry.value.laid(over: merged[place].value, at: inner))
      } else {
        merged.append(entry)
      }
    }
    return .mapping(merged, span)
  }

  /// The value in YAML's flow style on one line: what names an unnamed level.
  var flowText: String {
    switch self {
    case .scalar(let scalar): scalar.text
    case .sequence(let items, _): items.map(\.flowText).joined(separator: ", ")
    case .mapping(let entries, _):
      entries.map { entry in
        if case .mapping(let inner, _) = entry.value, inner.isEmpty { return entry.key.text }
        return "\(entry.key.text) \(entry.value.flowText)"
      }.joined(separator: ", ")
    }
  }

  /// What it says, whatever the order of its keys: equal for equal values.
  var content: String {
    switch self {
    case .scalar(let scalar): return "\"\(scalar.text)\""
    case .sequence(let items, _): return "[\(items.map(\.content).joined(separator: ", "))]"
    case .mapping(let entries, _):
      let pairs = entries.map { "\($0.key.text): \($0.value.content)" }.sorted()
      return "{\(pairs.joined(separator: ", "))}"
    }
  }

  var scalar: YAMLScalar? {
    if case .scalar(let scalar) = self { return scalar }
    return nil
  }

  /// A word for what this is, as messages name it.
  var kindName: String {
    switch self {
    case .scalar(let scalar): scalar.isQuoted ? "a text" : "'\(scalar.text)'"
    case .sequence: "a list"
    case .mapping: "a map"
    }
  }
}
