import Experiments

/// One field of a trial's key, such as `with.model.width` with the value `32`.
package struct KeyField: Hashable, Sendable {
  /// The field in the words of a study: `procedure`, `with.…`, `data.fit`, `data.fit.content`, `measure.accuracy`,
  /// `seed`, `budget`, `numerics`, `keep`, `starts-from.…`, `command.…`. Settings of a part lie below the part's own
  /// path. A part's revision has the path of the part and a final `@`.
  package let path: String
  package let value: String
  /// Whether the value is a number that need not be whole.
  package let isReal: Bool

  init(_ path: String, _ value: String, isReal: Bool = false) {
    self.path = path
    self.value = value
    self.isReal = isReal
  }
}

/// The fields of a trial's key, read from its canonical specification: what `assay why` compares.
package struct KeyFields: Sendable {
  package private(set) var fields: [KeyField] = []
  /// Where each part is used first, by name.
  private var places: [String: String] = [:]
  private var revisions: [String] = []

  /// - Parameter specification: canonical JSON, as `TrialSpecification.canonicalForm` gives it and the store keeps it.
  package init(_ specification: [UInt8]) throws {
    try CanonicalReader.read(specification) { reader in
      try reader.object { reader, key in
        switch key {
        case "budget": fields.append(try scalar(&reader, "budget"))
        case "command": try nested(&reader, "command")
        case "data": try reader.object { reader, role in add(role, identity: try reader.text()) }
        case "fingerprint": fields.append(KeyField("numerics", try reader.text()))
        case "inputs": try nested(&reader, "starts-from")
        case "kept": fields.append(try scalar(&reader, "keep"))
        case "measures": try reader.object { try part(&$0, "measure.\($1)") }
        case "procedure":
          let name = try reader.text()
          places[name] = "procedure"
          fields.append(KeyField("procedure", name))
        case "revisions": try reader.array { revisions.append(try $0.text()) }
        case "seed": fields.append(KeyField("seed", try reader.text()))
        case "settings": try settings(&reader, "with")
        default: throw reader.error("unknown key '\(key)' of a specification")
        }
      }
    }
    // A revision stands behind the settings that name its part: `model mlp 1`.
    for revision in revisions {
      let words = revision.split(separator: " ").map(String.init)
      guard words.count == 3 else { continue }
      fields.append(KeyField((places[words[1]] ?? words[1]) + "@", revision))
    }
  }

  /// A digest that is equal for trials that should cost about the same: seed, revisions, numerics and all real
  /// numbers are left out. A learning rate does not change what an epoch costs, a width does.
  package var shape: Digest {
    var writer = CanonicalWriter()
    writer.array { w in
      for field in fields where !field.isReal && !field.path.hasSuffix("@") {
        if field.path == "seed" || field.path == "numerics" { continue }
        // Which bytes these are does not change what they cost.
        if field.path.hasPrefix("starts-from.") || field.path.hasPrefix("command.files.") { continue }
        w.value(field.path)
        w.value(field.value)
      }
    }
    return Digest(of: writer.bytes)
  }

  /// A role's rows: the content first, then how it is read and the steps of the subset.
  private mutating func add(_ role: String, identity: String) {
    let end = identity.firstIndex(of: "/") ?? identity.endIndex
    fields.append(KeyField("data.\(role).content", String(identity[..<end])))
    fields.append(KeyField("data.\(role)", String(identity[end...].dropFirst())))
  }

  /// Objects within objects, a field each leaf; the elements of a list of objects are numbered from 1.
  private mutating func nested(_ reader: inout CanonicalReader, _ path: String) throws {
    try reader.object { reader, name in
      let path = "\(path).\(name)"
      if reader.nextByte == UInt8(ascii: "{") { return try nested(&reader, path) }
      guard reader.nextByte == UInt8(ascii: "["), path.hasPrefix("starts-from.") else {
        return fields.append(try scalar(&reader, path))
      }
      var number = 0
      try reader.array { reader in
        number += 1
        try nested(&reader, "\(path).\(number)")
      }
    }
  }

  private mutating func settings(_ reader: inout CanonicalReader, _ path: String) throws {
    try reader.object { reader, name in
      let path = "\(path).\(name)"
      if reader.nextByte == UInt8(ascii: "{") { return try part(&reader, path) }
      fields.append(try scalar(&reader, path))
    }
  }

  private mutating func part(_ reader: inout CanonicalReader, _ path: String) throws {
    try reader.object { reader, name in
      if places[name] == nil { places[name] = path }
      fields.append(KeyField(path, name))
      try settings(&reader, path)
    }
  }

  private func scalar(_ reader: inout CanonicalReader, _ path: String) throws -> KeyField {
    switch reader.nextByte {
    case UInt8(ascii: "\""): return KeyField(path, try reader.text())
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return KeyField(path, try reader.flag() ? "true" : "false")
    case UInt8(ascii: "["):
      var items: [String] = []
      try reader.array { reader in items.append(try element(&reader)) }
      return KeyField(path, "[\(items.joined(separator: ", "))]")
    default:
      if reader.nextIsInteger { return KeyField(path, String(try reader.integer())) }
      return KeyField(path, try reader.number().description, isReal: true)
    }
  }

  /// An element of a list, itself a list or a part included, as a text that tells different ones apart.
  private func element(_ reader: inout CanonicalReader) throws -> String {
    guard reader.nextByte == UInt8(ascii: "{") else { return try scalar(&reader, "").value }
    var texts: [String] = []
    try reader.object { reader, name in
      var inner: [String] = []
      try reader.object { reader, name in inner.append("\(name) \(try element(&reader))") }
      texts.append(inner.isEmpty ? name : "\(name) (\(inner.joined(separator: ", ")))")
    }
    return texts.joined(separator: ", ")
  }
}
