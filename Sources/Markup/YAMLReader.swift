import CYAML
import Diagnostics

/// Reads the YAML of a study block or of the front matter: YAML 1.2 core without anchors, aliases, tags,
/// merge keys, duplicate keys and keys that are not scalars.
package enum YAMLReader {
  /// How deep maps and lists may be nested.
  package static let maximumDepth = 64

  /// The tree, or nil where none can be told: after a syntax error, an anchor or alias, too deep nesting or a
  /// second document, all of which end the reading. Tags, merge keys and duplicate keys are told and passed
  /// over, so that what remains can be checked in the same pass. An empty body gives an empty map.
  package static func read(_ text: FencedText, log: inout DiagnosticLog) -> YAMLNode? {
    var builder = YAMLBuilder(YAMLPlaces(text))
    // YAML 1.2 ends no line at these, libyaml does.
    let lineEnds: [Unicode.Scalar] = ["\r", "\u{85}", "\u{2028}", "\u{2029}"]
    if let index = builder.places.scalars.firstIndex(where: lineEnds.contains) {
      log.add(YAMLProblem.badCharacter(index, builder.places))
      return nil
    }
    let failure = YAMLEvents.read(text.text) { builder.take($0) }
    if let failure { builder.log.add(YAMLProblem.diagnostic(failure, builder.places)) }
    log.merge(builder.log)
    if failure != nil || builder.isRefused { return nil }
    let start = builder.places.position(0)
    return builder.root ?? .mapping([], SourceSpan(text.source, from: start, to: start))
  }
}

/// Builds a tree from libyaml's events without recursion.
struct YAMLBuilder {
  let places: YAMLPlaces
  var log = DiagnosticLog()
  private(set) var root: YAMLNode?
  /// Whether reading had to end.
  private(set) var isRefused = false
  private var documents = 0
  private var open: [Collection] = []

  /// A map or list whose end has not come yet.
  private struct Collection {
    let isMapping: Bool
    let isFlow: Bool
    let start: SourcePosition
    var items: [YAMLNode] = []
    var entries: [YAMLEntry] = []
    var key: YAMLScalar?
    var lineOfKey: [String: Int] = [:]
    var dropsValue = false
  }

  init(_ places: YAMLPlaces) { self.places = places }

  /// Takes one event; false ends the reading.
  mutating func take(_ event: borrowing yaml_event_t) -> Bool {
    let start = event.start_mark.index
    let end = event.end_mark.index
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      documents += 1
      if documents > 1 {
        refuse(
          .yamlSyntax, "a second YAML document starts here", places.restOfLine(start), fix: "remove the '---'"
        )
      }
    case YAML_ALIAS_EVENT:
      refuse(
        .yamlAlias, "aliases are not part of the study language", places.span(start, end),
        fix: "repeat the value")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      check(anchor: scalar.anchor, tag: scalar.tag, at: start)
      let text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      let isBlock = scalar.style == YAML_LITERAL_SCALAR_STYLE || scalar.style == YAML_FOLDED_SCALAR_STYLE
      let span = places.span(start, isBlock ? places.trimmedEnd(start, end) : end)
      add(YAMLScalar(text: text, span: span, isQuoted: scalar.style != YAML_PLAIN_SCALAR_STYLE))
    case YAML_SEQUENCE_START_EVENT:
      let sequence = event.data.sequence_start
      check(anchor: sequence.anchor, tag: sequence.tag, at: start)
      begin(isMapping: false, isFlow: sequence.style == YAML_FLOW_SEQUENCE_STYLE, start)
    case YAML_MAPPING_START_EVENT:
      let mapping = event.data.mapping_start
      check(anchor: mapping.anchor, tag: mapping.tag, at: start)
      begin(isMapping: true, isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE, start)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: finish(end)
    default: break
    }
    return !isRefused
  }

  private mutating func check(
    anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?, at start: Int
  ) {
    // Anchor and tag may stand in either order, the node's start is the first of them.
    if anchor != nil {
      refuse(
        .yamlAlias, "anchors are not part of the study language", places.word(at: start),
        fix: "repeat the value")
    } else if tag != nil {
      log.error(
        .yamlTag, "tags are not part of the study language", at: places.word(at: start),
        note: "the key a value belongs to tells its type", fix: "remove the tag")
    }
  }

  private mutating func begin(isMapping: Bool, isFlow: Bool, _ start: Int) {
    if isRefused { return }
    if open.last?.isMapping == true, open.last?.key == nil {
      refuse(
        .yamlSyntax, "a \(isMapping ? "map" : "list") cannot be a key", places.span(start, start + 1),
        fix: "put the key in quotes if it is text")
    } else if open.count == YAMLReader.maximumDepth {
      refuse(
        .tooDeep, "maps and lists are nested more than \(YAMLReader.maximumDepth) levels deep",
        places.span(start, start + 1))
    } else {
      open.append(Collection(isMapping: isMapping, isFlow: isFlow, start: places.position(start)))
    }
  }

  private mutating func finish(_ end: Int) {
    let done = open.removeLast()
    // libyaml ends a collection in block style where the next thing begins; its last value's end is meant.
    let last = done.isMapping ? done.entries.last?.value.span.end : done.items.last?.span.end
    let span = SourceSpan(
      places.text.source, from: done.start, to: done.isFlow ? places.position(end) : last ?? done.start)
    add(done.isMapping ? .mapping(done.entries, span) : .sequence(done.items, span))
  }

  private mutating func add(_ scalar: YAMLScalar) {
    guard let parent = open.indices.last, open[parent].isMapping, open[parent].key == nil else {
      add(.scalar(scalar))
      return
    }
    open[parent].key = scalar
    open[parent].dropsValue = true
    if scalar.text == "<<", !scalar.isQuoted {
      log.error(
        .yamlMergeKey, "merge keys are not part of the study language", at: scalar.span,
        fix: "repeat the keys")
    } else if let line = open[parent].lineOfKey[scalar.text] {
      log.error(
        .duplicateKey, "the key '\(scalar.text)' stands twice", at: scalar.span,
        note: "it first stands on line \(line)", fix: "keep one of the two")
    } else {
      open[parent].lineOfKey[scalar.text] = scalar.span.start.line
      open[parent].dropsValue = false
    }
  }

  private mutating func add(_ node: YAMLNode) {
    guard let parent = open.indices.last else {
      root = node
      return
    }
    if let key = open[parent].key {
      if !open[parent].dropsValue { open[parent].entries.append(YAMLEntry(key: key, value: node)) }
      open[parent].key = nil
    } else {
      open[parent].items.append(node)
    }
  }

  private mutating func refuse(
    _ code: DiagnosticCode, _ message: String, _ span: SourceSpan, fix: String? = nil
  ) {
    isRefused = true
    log.error(code, message, at: span, fix: fix)
  }
}
