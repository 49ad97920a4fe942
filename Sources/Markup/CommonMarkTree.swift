import CCommonMark
import Diagnostics

/// A document parsed by libcmark; frees it at the end of its life.
struct CommonMarkTree: ~Copyable {
  let root: CommonMarkNode

  init(_ text: String) {
    var text = text
    root = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        CommonMarkNode(cmark_parse_document($0.baseAddress, $0.count, CMARK_OPT_DEFAULT))
      }
    }
  }

  deinit { cmark_node_free(root.pointer) }

  /// What stands in the tree's text for a scalar of the file: libcmark replaces NUL, and what is a line end
  /// for it but not for an editor is handed to it as a space.
  static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "\0": "\u{FFFD}"
    case "\r": " "
    default: scalar
    }
  }
}

/// A node of libcmark's tree; valid while its tree lives.
struct CommonMarkNode {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  var kind: cmark_node_type { cmark_node_get_type(pointer) }
  /// The first line, from 1.
  var line: Int { max(1, Int(cmark_node_get_start_line(pointer))) }
  /// Where the block starts in its first line, from 1. Only containers stand before it, so bytes are scalars.
  var column: Int { max(1, Int(cmark_node_get_start_column(pointer))) }
  var lastLine: Int { Int(cmark_node_get_end_line(pointer)) }
  /// Of running text the marks of footnotes stay.
  var literal: String {
    let text = cmark_node_get_literal(pointer).map { String(cString: $0) } ?? ""
    return kind == CMARK_NODE_TEXT ? text : Footnotes.unmarked(text)
  }
  var info: String { Self.text(cmark_node_get_fence_info(pointer)) }
  var url: String { Self.text(cmark_node_get_url(pointer)) }
  var title: String { Self.text(cmark_node_get_title(pointer)) }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
    pointer.map { Footnotes.unmarked(String(cString: $0)) } ?? ""
  }

  var children: some Sequence<CommonMarkNode> {
    sequence(first: cmark_node_first_child(pointer)) { cmark_node_next($0) }
      .lazy.prefix { $0 != nil }.map { CommonMarkNode($0!) }
  }

  /// All nodes below and including this one, in the order of the text, without recursion.
  func visit(_ body: (CommonMarkNode) -> Void) {
    let iterator = cmark_iter_new(pointer)
    defer { cmark_iter_free(iterator) }
    while true {
      switch cmark_iter_next(iterator) {
      case CMARK_EVENT_DONE: return
      case CMARK_EVENT_ENTER: body(CommonMarkNode(cmark_iter_get_node(iterator)))
      default: break
      }
    }
  }
}
