import Experiments
import Tensors

/// The state of a training as bytes, and back: named arrays and numbers.
///
/// One method of its owner, `exchange`, serves both directions: called with an archive that saves, it writes
/// each entry; with one that restores, it reads the same entries in the same order. What is restored has the
/// bits that were saved.
///
/// The form, all numbers little-endian: the eight bytes `ASSAYST1`; then for every entry the length of its name
/// (32 bits), the name in UTF-8, its kind (one byte: 0 float32, 1 float64, 2 int64,
/// 3 plain bytes), the count of values (64
/// bits) and the values; at the end the SHA-256 of all before it.
package final class StateArchive {
  private static let magic = Array("ASSAYST1".utf8)

  private enum Kind: UInt8 { case float32, float64, int64, bytes }

  private var content: [UInt8]
  /// Where reading goes on; nil while saving.
  private var position: Int?
  private var scope = ""

  /// An empty archive that saves.
  package init() { content = Self.magic }

  /// An archive that restores what `bytes` of another one gave.
  ///
  /// - Throws: `StateArchiveError.damaged` where a byte is missing or changed.
  package init(restoring bytes: [UInt8]) throws {
    let body = Array(bytes.dropLast(32))
    guard body.starts(with: Self.magic), Digest(of: body).bytes == Array(bytes.suffix(32)) else {
      throw StateArchiveError.damaged
    }
    content = body
    position = Self.magic.count
  }

  package var isRestoring: Bool { position != nil }

  /// Everything saved so far, sealed with its digest.
  package var bytes: [UInt8] { content + Digest(of: content).bytes }

  /// Exchanges entries under a common name, so that parts of parts do not collide.
  package func exchange(_ name: String, _ body: () throws -> Void) throws {
    let outer = scope
    scope += name + "."
    defer { scope = outer }
    try body()
  }

  package func exchange(_ name: String, _ buffer: FloatBuffer) throws {
    try exchange(name, .float32, UnsafeMutableRawBufferPointer(start: buffer.base, count: buffer.count * 4))
  }

  /// The memory of plain values that are not numbers of one kind.
  package func exchange(_ name: String, _ bytes: UnsafeMutableRawBufferPointer) throws {
    try exchange(name, .bytes, bytes)
  }

  package func exchange(_ name: String, _ values: inout [Double]) throws {
    try values.withUnsafeMutableBytes { try exchange(name, .float64, $0) }
  }

  package func exchange(_ name: String, _ value: inout Double) throws {
    try withUnsafeMutableBytes(of: &value) { try exchange(name, .float64, $0) }
  }

  package func exchange(_ name: String, _ value: inout Int) throws {
    try withUnsafeMutableBytes(of: &value) { try exchange(name, .int64, $0) }
  }

  /// One entry; `values` are native, which is little-endian on every machine this runs on.
  private func exchange(_ name: String, _ kind: Kind, _ values: UnsafeMutableRawBufferPointer) throws {
    let name = scope + name
    let width = kind == .bytes ? 1 : kind == .float32 ? 4 : 8
    let header =
      Self.word(UInt32(name.utf8.count)) + Array(name.utf8) + [kind.rawValue]
      + Self.word(UInt64(values.count / width))
    guard let start = position else {
      content += header
      content += values
      return
    }
    let body = start + header.count
    guard body + values.count <= content.count, content[start..<body].elementsEqual(header) else {
      throw StateArchiveError.unlike(entry: name)
    }
    values.copyBytes(from: content[body..<body + values.count])
    position = body + values.count
  }

  private static func word<Word: FixedWidthInteger>(_ value: Word) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}

/// Why a state cannot be restored.
package enum StateArchiveError: Error, Hashable, CustomStringConvertible {
  case damaged
  /// The state was saved by something with other entries or other sizes.
  case unlike(entry: String)

  package var description: String {
    switch self {
    case .damaged: "the saved state is damaged: its digest does not match its bytes"
    case .unlike(let entry): "the saved state is of another training: it does not hold '\(entry)' here"
    }
  }
}
