import Diagnostics
import Markup

/// References to numbered blocks, `[](#name)`: the page prints what each leads to, such as `Figure 2`.
enum CrossReferences {
  /// Reports every reference to a block that the study does not have.
  static func check(_ document: MarkdownDocument, log: inout DiagnosticLog) {
    let names = document.studyBlocks.map(\.name)
    for link in document.wordlessLinks where !names.contains(link.name) {
      log.error(
        .unknownBlockReference, "there is no block '\(link.name)' to refer to", at: link.span,
        note: "a link without words prints the number of a table, a chart or a claim",
        fix: nearestName(to: link.name, in: names).map { "write '#\($0)'" } ?? "give the link words")
    }
  }
}
