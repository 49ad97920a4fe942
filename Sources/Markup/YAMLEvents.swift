import CYAML

/// libyaml's stream of events over a text.
enum YAMLEvents {
  /// Why libyaml stopped.
  struct Failure {
    /// libyaml's words, such as `could not find expected ':'`.
    let problem: String
    /// What it was doing, such as `while scanning a simple key`; empty where it does not say.
    let context: String
    /// Where it was found and where what it was doing began, in scalars from the text's start.
    let problemIndex: Int
    let contextIndex: Int
    /// For a character that is not allowed at all: its offset in bytes; `problemIndex` then means nothing.
    let characterOffset: Int?
  }

  /// Hands the events over one by one until `body` answers false, the text ends or libyaml finds an error.
  static func read(_ text: String, _ body: (borrowing yaml_event_t) -> Bool) -> Failure? {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    precondition(yaml_parser_initialize(parser) == 1, "libyaml is out of memory")
    defer { yaml_parser_delete(parser) }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { bytes in
      yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
      var event = yaml_event_t()
      while true {
        guard yaml_parser_parse(parser, &event) == 1 else { return failure(of: parser.pointee) }
        defer { yaml_event_delete(&event) }
        if event.type == YAML_STREAM_END_EVENT || !body(event) { return nil }
      }
    }
  }

  private static func failure(of parser: borrowing yaml_parser_t) -> Failure {
    Failure(
      problem: parser.problem.map { String(cString: $0) } ?? "",
      context: parser.context.map { String(cString: $0) } ?? "",
      problemIndex: parser.problem_mark.index, contextIndex: parser.context_mark.index,
      characterOffset: parser.error == YAML_READER_ERROR ? parser.problem_offset : nil)
  }
}
