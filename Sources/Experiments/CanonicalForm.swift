/// Writes values as canonical JSON: keys sorted, no white space, numbers in shortest round-trip form.
///
/// The canonical form is what is hashed into keys and what the store keeps, so that equal values have equal bytes on
/// every machine. Non-finite numbers, which JSON lacks, are the strings "nan", "inf" and "-inf".
package struct CanonicalWriter {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init() { bytes.reserveCapacity(512) }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// An object whose keys are written by `body` in ascending order (checked in debug builds).
  package mutating func object(_ body: (inout CanonicalWriter) -> Void) {
    open("{")
    body(&self)
    close("}")
  }

  package mutating func array(_ body: (inout CanonicalWriter) -> Void) {
    open("[")
    body(&self)
    close("]")
  }

  package mutating func key(_ name: String) {
    separate()
    quoted(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func value(_ text: String) {
    separate()
    quoted(text)
    needsComma = true
  }

  package mutating func value(_ number: Int) {
    separate()
    bytes.append(contentsOf: String(number).utf8)
    needsComma = true
  }

  package mutating func value(_ number: Double) {
    if number.isNaN { return value("nan") }
    if number.isInfinite { return value(number > 0 ? "inf" : "-inf") }
    separate()
    bytes.append(contentsOf: number.description.utf8)
    needsComma = true
  }

  package mutating func value(_ flag: Bool) {
    separate()
    bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    needsComma = true
  }

  package mutating func value(_ setting: Setting) {
    switch setting {
    case .flag(let flag): value(flag)
    case .integer(let number): value(number)
    case .number(let number): value(number)
    case .text(let text): value(text)
    case .list(let list): array { writer in for item in list { writer.value(item) } }
    case .part(let name, let settings):
      object { writer in
        writer.key(name)
        writer.value(settings)
      }
    }
  }

  package mutating func value(_ settings: Settings) {
    object { writer in
      for pair in settings.pairs {
        writer.key(pair.name)
        writer.value(pair.value)
      }
    }
  }

  private mutating func open(_ mark: Unicode.Scalar) {
    separate()
    bytes.append(UInt8(ascii: mark))
    needsComma = false
  }

  private mutating func close(_ mark: Unicode.Scalar) {
    bytes.append(UInt8(ascii: mark))
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func quoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    defer { bytes.append(UInt8(ascii: "\"")) }
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    if isPlain { return bytes.append(contentsOf: text.utf8) }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 0..<0x20:
        let hex = String(byte, radix: 16)
        bytes.append(contentsOf: "\\u00\(hex.count == 1 ? "0" : "")\(hex)".utf8)
      default: bytes.append(byte)
      }
    }
  }
}
