import Diagnostics
import Glibc

/// Reads a study's file, or a table of finished runs beside it, into text, or says why it cannot be one.
package enum StudyFile {
  /// The largest study that is read, in bytes (8 MiB).
  package static let maximumBytes = 8 << 20
  /// The largest file of finished runs that is read, in bytes (32 MiB).
  package static let maximumResultBytes = 32 << 20

  /// The text of the file at `path`, which diagnostics print as given; nil with a diagnostic where it is
  /// missing, not an ordinary file, too large or not UTF-8. Reads no more than one byte beyond the limit.
  package static func load(
    _ path: String, limit: Int = maximumBytes, log: inout DiagnosticLog
  ) -> SourceText? {
    // Without O_NONBLOCK opening a named pipe would wait for a writer.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      refuse(path, because: reason(errno), &log)
      return nil
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      refuse(path, because: "it is not an ordinary file", &log)
      return nil
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        refuse(path, because: reason(errno), &log)
        return nil
      }
      if count == 0 { break }
      bytes.append(contentsOf: chunk[..<count])
    }
    return text(bytes, path: path, limit: limit, log: &log)
  }

  /// The text of a file's bytes, without a byte order mark.
  package static func text(
    _ bytes: [UInt8], path: String, limit: Int = maximumBytes, log: inout DiagnosticLog
  ) -> SourceText? {
    guard bytes.count <= limit else {
      let isStudy = limit == maximumBytes
      log.error(
        .fileTooLarge, "'\(path)' is larger than \(limit >> 20) MiB", at: nil,
        note: isStudy
          ? "a study is text; data stand in files of their own"
          : "finished runs are a row each, not their curves",
        fix: isStudy
          ? "move tables of data to a file beside it"
          : "keep the columns the study names, or average within runs")
      return nil
    }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    if let text = String(validating: body, as: UTF8.self) { return SourceText(path: path, text: text) }
    // Only what stands before the first bad byte is quoted.
    let sound = String(decoding: body[..<firstBadByte(body)], as: UTF8.self)
    let source = SourceText(path: path, text: sound)
    let lines = sound.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    let start = SourcePosition(line: lines.count, column: lines[lines.count - 1].count + 1)
    let byte = String(body[firstBadByte(body)], radix: 16, uppercase: true)
    log.error(
      .notUTF8, "the file is not UTF-8", at: SourceSpan(source, from: start, to: start),
      note: "the byte 0x\(byte) cannot stand here", fix: "save the file in the encoding UTF-8")
    return nil
  }

  /// The index of the first byte that is not part of well-formed UTF-8; `bytes` holds one.
  private static func firstBadByte(_ bytes: ArraySlice<UInt8>) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var index = bytes.startIndex
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { index += UTF8.width(scalar) }
    return index
  }

  private static func refuse(_ path: String, because note: String, _ log: inout DiagnosticLog) {
    log.error(.unreadableFile, "cannot read '\(path)'", at: nil, note: note)
  }

  private static func reason(_ code: CInt) -> String {
    switch code {
    case ENOENT: "there is no such file"
    case EACCES, EPERM: "you may not read it"
    case ENOTDIR: "a part of its path is not a folder"
    default: String(cString: strerror(code)).lowercased()
    }
  }
}
