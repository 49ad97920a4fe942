import Diagnostics

/// Tells study blocks from ordinary code and checks their kinds and names over the whole file.
struct FenceReading {
  private let source: SourceText
  private let codeStarts: Set<Int>
  /// The line of each name taken.
  private var lineOfName: [String: Int] = [:]
  /// How many tables and charts without a name there were.
  private var unnamed: [StudyBlock.Kind: Int] = [:]

  /// - Parameter codeStarts: the first lines of all code blocks of the file.
  init(source: SourceText, codeStarts: Set<Int>) {
    self.source = source
    self.codeStarts = codeStarts
  }

  /// What a code block of the file is: one block, or several where a fence that is not closed swallowed
  /// others.
  mutating func blocks(_ node: CommonMarkNode, log: inout DiagnosticLog) -> [MarkdownBlock] {
    guard let fence = Fence(node, source: source, codeStarts: codeStarts) else {
      return [.code(language: "", text: node.literal)]
    }
    guard let kind = kind(of: fence.words.first, log: &log) else {
      if !fence.isClosed { reportUnclosed(fence, nextOpening: nil, &log) }
      return [.code(language: fence.words.first?.text ?? "", text: node.literal)]
    }
    let parts = fence.split { StudyBlock.Kind(rawValue: $0) != nil }
    return parts.indices.compactMap { index in
      let part = parts[index]
      guard let kind = index == 0 ? kind : StudyBlock.Kind(rawValue: part.words[0].text) else { return nil }
      if part.isClosed { return .study(block(kind, part, &log)) }
      reportUnclosed(part, nextOpening: index + 1 < parts.count ? parts[index + 1].line : nil, &log)
      // What is surely the block's own is still read, for the mistakes in it.
      let own = part.body.lines.prefix { !$0.allSatisfy(\.isWhitespace) }.count
      return .study(block(kind, part.cut(to: own), &log))
    }
  }

  /// The kind that a fence's first word names, or the one it nearly names; nil for ordinary code.
  private func kind(of word: Fence.Word?, log: inout DiagnosticLog) -> StudyBlock.Kind? {
    guard let word else { return nil }
    if let kind = StudyBlock.Kind(rawValue: word.text) { return kind }
    let kinds = StudyBlock.Kind.allCases.map(\.rawValue)
    guard let nearest = nearestName(to: word.text, in: kinds) else { return nil }
    log.error(
      .unknownBlock, "unknown block '\(word.text)'", at: word.span,
      note: "a block is one of \(kinds.joined(separator: ", "))", fix: "write '\(nearest)'")
    return StudyBlock.Kind(rawValue: nearest)
  }

  private mutating func block(
    _ kind: StudyBlock.Kind, _ fence: Fence, _ log: inout DiagnosticLog
  ) -> StudyBlock {
    let words = fence.words
    let name = words.count > 1 ? words[1] : nil
    let span = name?.span ?? words[0].span
    if let name {
      checkName(name, further: words.dropFirst(2).first, &log)
      if let first = lineOfName[name.text] {
        log.error(
          .duplicateName, "the name '\(name.text)' is taken", at: span,
          note: "the block on line \(first) has it", fix: "choose another name")
      } else {
        lineOfName[name.text] = fence.line
      }
    } else if kind != .table, kind != .chart {
      log.error(
        .badBlockName, "the \(kind.rawValue) has no name", at: span,
        note: "other blocks and the ledger refer to it by name", fix: "write '\(kind.rawValue) NAME'")
    }
    return StudyBlock(
      kind: kind, name: name?.text ?? ordinalName(kind), nameSpan: span, body: fence.body,
      lines: fence.line...fence.lastLine)
  }

  /// The name of a block that nothing can refer to, such as `table-2`, past names the author has taken so far.
  private mutating func ordinalName(_ kind: StudyBlock.Kind) -> String {
    while true {
      unnamed[kind, default: 0] += 1
      let name = "\(kind.rawValue)-\(unnamed[kind]!)"
      if lineOfName[name] == nil { return name }
    }
  }

  private func checkName(_ name: Fence.Word, further: Fence.Word?, _ log: inout DiagnosticLog) {
    guard isKebabCase(name.text) else {
      let proposal = kebabCase(name.text)
      log.error(
        .badBlockName, "'\(name.text)' cannot name a block", at: name.span,
        note: "a name is lower-case words joined by hyphens, at most 64 characters, and starts with a letter",
        fix: isKebabCase(proposal) ? "write '\(proposal)'" : nil)
      return
    }
    if let further {
      log.error(
        .badBlockName, "'\(further.text)' stands behind the block's name", at: further.span,
        note: "a fence names its kind and one name", fix: "remove it, or join the words by a hyphen")
    }
  }

  private func reportUnclosed(_ fence: Fence, nextOpening: Int?, _ log: inout DiagnosticLog) {
    let note =
      if let nextOpening {
        "line \(nextOpening) opens the next block inside it"
      } else if fence.lastLine >= source.lines.count {
        "everything up to the end of the file belongs to it"
      } else {
        "it ends with the list or quote it stands in"
      }
    log.error(
      .unclosedFence, "the fence is never closed", at: fence.opening, note: note,
      fix: "end it with a line '\(fence.mark)'")
  }
}
