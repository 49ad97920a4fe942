// A trial's specification as a worker is sent it: all that the key holds, and where an author's file lies.

extension CanonicalWriter {
  /// A specification in full. Unlike its canonical form, which is hashed, this one can be read back.
  package mutating func value(_ specification: TrialSpecification) {
    object { w in
      if let budget = specification.budget {
        w.key("budget")
        w.value(budget)
      }
      if let command = specification.command {
        w.key("command")
        w.value(command)
      }
      w.key("data")
      w.object { w in
        for (role, reference) in specification.data.sorted(by: { $0.key < $1.key }) {
          w.key(role.rawValue)
          w.value(reference)
        }
      }
      w.key("fingerprint")
      w.value(specification.fingerprint)
      w.key("inputs")
      w.value(specification.inputs)
      w.key("kept")
      w.array { w in for name in specification.kept { w.value(name) } }
      w.key("measures")
      w.array { w in
        for request in specification.measures {
          w.object { w in
            w.key("column")
            w.value(request.column)
            w.key("measure")
            w.value(request.measure)
            w.key("settings")
            w.exact(request.settings)
          }
        }
      }
      w.key("procedure")
      w.value(specification.procedure)
      w.key("revisions")
      w.array { w in
        for revision in specification.revisions {
          w.object { w in
            w.key("family")
            w.value(revision.family.rawValue)
            w.key("name")
            w.value(revision.name)
            w.key("revision")
            w.value(revision.revision)
          }
        }
      }
      w.key("seed")
      w.object { w in
        w.key("pool")
        w.value(specification.seed.pool.rawValue)
        w.key("seed")
        w.value(specification.seed.seed)
      }
      w.key("settings")
      w.exact(specification.settings)
    }
  }

  private mutating func value(_ reference: DataReference) {
    object { w in
      w.key("content")
      w.value(reference.content)
      w.key("source")
      switch reference.source {
      case .registered(let name): w.value(name)
      case .file(let file):
        w.object { w in
          if let group = file.group {
            w.key("group")
            w.value(group)
          }
          if file.holds != .features {
            w.key("holds")
            w.value(file.holds.rawValue)
          }
          if let item = file.item {
            w.key("item")
            w.value(item)
          }
          w.key("kind")
          w.value(file.kind.rawValue)
          w.key("name")
          w.value(file.name)
          w.key("path")
          w.value(file.path)
          w.key("target")
          w.value(file.target)
        }
      }
      w.key("steps")
      w.array { w in for step in reference.steps { w.value(step) } }
      w.key("without")
      w.array { w in for other in reference.without { w.value(other) } }
    }
  }

  /// A step as its kind and whole numbers; of parts, the first number is how many there are.
  private mutating func value(_ step: SubsetStep) {
    let (kind, numbers) =
      switch step {
      case .classes(let range): ("classes", [range.lowerBound, range.upperBound])
      case .rows(let range): ("rows", [range.lowerBound, range.upperBound])
      case .parts(let parts, let count): ("parts", [count] + parts)
      case .folds(let folds, let count, let seed):
        ("folds \(seed.pool.rawValue)", [seed.seed, count] + folds)
      case .drawn(let role, let fit, let score, let seed):
        ("\(role.rawValue) \(seed.pool.rawValue)", [seed.seed, fit, score])
      }
    object { w in
      w.key(kind)
      w.array { w in for number in numbers { w.value(number) } }
    }
  }

  /// Settings as in the canonical form, but a non-finite number is `{"number":"nan"}`, so that it stays a number.
  private mutating func exact(_ settings: Settings) {
    object { w in
      for pair in settings.pairs {
        w.key(pair.name)
        w.exact(pair.value)
      }
    }
  }

  private mutating func exact(_ setting: Setting) {
    switch setting {
    case .number(let number) where !number.isFinite:
      object { w in
        w.key("number")
        w.value(number)
      }
    case .list(let list): array { w in for item in list { w.exact(item) } }
    case .part(let name, let settings):
      object { w in
        w.key(name)
        w.exact(settings)
      }
    case .flag, .integer, .number, .text: value(setting)
    }
  }
}

extension CanonicalReader {
  /// Reads a specification; its key is that of the one that was written.
  package mutating func specification() throws -> TrialSpecification {
    var procedure = ""
    var seed: SeedPath?
    var settings = Settings()
    var revisions: [PartRevision] = []
    var data: [DataRole: DataReference] = [:]
    var measures: [MeasureRequest] = []
    var fingerprint = ""
    var kept: [String] = []
    var command: CommandCall?
    var inputs: [TrialInput] = []
    var budget: Int?
    try object { reader, key in
      switch key {
      case "budget": budget = try reader.integer()
      case "command": command = try reader.commandCall()
      case "data":
        try reader.object { reader, role in data[try reader.known(role)] = try reader.dataReference() }
      case "fingerprint": fingerprint = try reader.text()
      case "inputs": inputs = try reader.trialInputs()
      case "kept": try reader.array { kept.append(try $0.text()) }
      case "measures": try reader.array { measures.append(try $0.measureRequest()) }
      case "procedure": procedure = try reader.text()
      case "revisions": try reader.array { revisions.append(try $0.partRevision()) }
      case "seed": seed = try reader.seedPath()
      case "settings": settings = try reader.settings()
      default: throw reader.error("unknown key '\(key)' of a specification")
      }
    }
    guard let seed else { throw error("a specification without a seed") }
    return TrialSpecification(
      procedure: procedure, settings: settings, revisions: revisions, data: data, seed: seed,
      budget: budget, measures: measures, kept: kept, inputs: inputs, command: command,
      fingerprint: fingerprint)
  }

  private mutating func measureRequest() throws -> MeasureRequest {
    var column = ""
    var measure = ""
    var settings = Settings()
    try object { reader, key in
      switch key {
      case "column": column = try reader.text()
      case "measure": measure = try reader.text()
      case "settings": settings = try reader.settings()
      default: throw reader.error("unknown key '\(key)' of a measure")
      }
    }
    return MeasureRequest(column: column, measure: measure, settings: settings)
  }

  private mutating func partRevision() throws -> PartRevision {
    var family: PartFamily?
    var name = ""
    var revision = 0
    try object { reader, key in
      switch key {
      case "family": family = try reader.known(try reader.text())
      case "name": name = try reader.text()
      case "revision": revision = try reader.integer()
      default: throw reader.error("unknown key '\(key)' of a revision")
      }
    }
    guard let family else { throw error("a revision without a family") }
    return PartRevision(family: family, name: name, revision: revision)
  }

  private mutating func seedPath() throws -> SeedPath {
    var pool: SeedPool?
    var seed = 0
    try object { reader, key in
      switch key {
      case "pool": pool = try reader.known(try reader.text())
      case "seed": seed = try reader.integer()
      default: throw reader.error("unknown key '\(key)' of a seed")
      }
    }
    guard let pool else { throw error("a seed without a pool") }
    return SeedPath(pool: pool, seed: seed)
  }

  private mutating func dataReference() throws -> DataReference {
    var content = ""
    var source: DataSource?
    var steps: [SubsetStep] = []
    var without: [DataReference] = []
    try object { reader, key in
      switch key {
      case "content": content = try reader.text()
      case "source":
        let isName = reader.nextByte == UInt8(ascii: "\"")
        source = isName ? .registered(try reader.text()) : .file(try reader.authorFile())
      case "steps":
        try reader.array { reader in
          try reader.object { reader, kind in steps.append(try reader.subsetStep(kind)) }
        }
      case "without": try reader.array { reader in without.append(try reader.dataReference()) }
      default: throw reader.error("unknown key '\(key)' of a data reference")
      }
    }
    guard let source else { throw error("a data reference without a source") }
    return DataReference(source: source, steps: steps, content: content, without: without)
  }

  private mutating func authorFile() throws -> AuthorFile {
    var texts: [String: String] = [:]
    try object { reader, key in texts[key] = try reader.text() }
    guard let name = texts["name"], let path = texts["path"], let target = texts["target"] else {
      throw error("an incomplete data file")
    }
    return AuthorFile(
      name: name, path: path, target: target, group: texts["group"], kind: try known(texts["kind"] ?? ""),
      item: texts["item"], holds: try known(texts["holds"] ?? TableContent.features.rawValue))
  }

  private mutating func subsetStep(_ kind: String) throws -> SubsetStep {
    var numbers: [Int] = []
    try array { numbers.append(try $0.integer()) }
    switch kind {
    case "classes" where numbers.count == 2 && numbers[0] <= numbers[1]:
      return .classes(numbers[0]...numbers[1])
    case "rows" where numbers.count == 2 && numbers[0] <= numbers[1]: return .rows(numbers[0]...numbers[1])
    case "parts" where !numbers.isEmpty: return .parts(Array(numbers.dropFirst()), of: numbers[0])
    case _ where numbers.count >= 3 && kind.contains(" "):
      let words = kind.split(separator: " ").map(String.init)
      let seed = SeedPath(pool: try known(words[1]), seed: numbers[0])
      if words[0] == "folds" { return .folds(Array(numbers.dropFirst(2)), of: numbers[1], by: seed) }
      return .drawn(try known(words[0]), fit: numbers[1], score: numbers[2], by: seed)
    default: throw error("an unknown subset step '\(kind)'")
    }
  }

  private mutating func settings() throws -> Settings {
    var values: [String: Setting] = [:]
    try object { reader, name in values[name] = try reader.setting() }
    return Settings(values)
  }

  private mutating func setting() throws -> Setting {
    switch nextByte {
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .flag(try flag())
    case UInt8(ascii: "["):
      var list: [Setting] = []
      try array { list.append(try $0.setting()) }
      return .list(list)
    case UInt8(ascii: "{"):
      var setting: Setting?
      try object { reader, name in
        let isNumber = reader.nextByte == UInt8(ascii: "\"")
        setting = isNumber ? .number(try reader.number()) : .part(name, try reader.settings())
      }
      guard let setting else { throw error("a part without a name") }
      return setting
    default: return nextIsInteger ? .integer(try integer()) : .number(try number())
    }
  }

  private func known<Value: RawRepresentable>(_ text: String) throws -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: text) else { throw error("an unknown word '\(text)'") }
    return value
  }
}
