import CCommonMark
import Diagnostics

/// Reads a study file's Markdown: CommonMark by libcmark, pipe tables, front matter and the study's own
/// blocks.
package enum MarkdownReader {
  /// How deep lists and quotes, and emphasis and links, may be nested.
  package static let maximumDepth = 64

  /// The document with everything in it that could be read; it is sound when the log has got no errors.
  ///
  /// Raw HTML is dropped, and link destinations that could run something are emptied.
  package static func read(_ source: SourceText, log: inout DiagnosticLog) -> MarkdownDocument {
    let head = FrontMatterCut(source, log: &log)
    // Blank lines in place of the front matter keep libcmark's line numbers those of the file.
    var text = String(repeating: "\n", count: head.lineCount)
    for line in source.lines[head.lineCount...].lazy.map(Footnotes.marked) {
      if line.utf8.contains(0x0D) {
        text.unicodeScalars.append(contentsOf: line.unicodeScalars.map { $0 == "\r" ? " " : $0 })
      } else {
        text += line
      }
      text += "\n"
    }
    let tree = CommonMarkTree(text)
    var reading = BlockReading(source: source, root: tree.root)
    let blocks = Footnotes.resolve(reading.blocks(in: tree.root))
    log.merge(reading.log)
    return MarkdownDocument(source: source, frontMatter: head.text, blocks: blocks)
  }
}
