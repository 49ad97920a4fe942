/// An author's program as a trial: how it is started, and all of it that the outcome may depend on.
package struct CommandCall: Hashable, Sendable {
  /// A file the program consists of or reads, as it was when the study was checked.
  package struct File: Hashable, Sendable {
    /// Below the study's folder.
    package let path: String
    package let digest: Digest

    package init(path: String, digest: Digest) {
      self.path = path
      self.digest = digest
    }
  }

  /// The program and its arguments.
  package let run: [String]
  /// What makes the program from its files, once; empty where nothing has to be made.
  package let build: [String]
  /// By path.
  package let files: [File]
  package let environment: [String: String]
  /// The artefacts it can keep, by name.
  package let artefacts: [String: ArtefactKind]
  /// Wall time after which it is stopped; a limit makes no outcome, so it is not part of the identity.
  package let timeLimitSeconds: Double?
  /// Where the study and the files lie now; not part of the identity.
  package let folder: String
  /// Files beside the study that others of it read, so that seeing them opened means nothing; not part of the identity.
  package let others: [String]

  /// The version of the contract between Assay and commands.
  package static let contract = 1

  package init(
    run: [String], build: [String], files: [File], environment: [String: String],
    artefacts: [String: ArtefactKind], timeLimitSeconds: Double?, folder: String, others: [String]
  ) {
    self.run = run
    self.build = build
    self.files = files.sorted { $0.path < $1.path }
    self.environment = environment
    self.artefacts = artefacts
    self.timeLimitSeconds = timeLimitSeconds
    self.folder = folder
    self.others = others
  }

  /// What the program is made from, known by its digest: trials with an equal one share what `build` made.
  package var programDigest: Digest {
    var writer = CanonicalWriter()
    writer.object { $0.program(self) }
    return Digest(of: writer.bytes)
  }
}

extension CanonicalWriter {
  /// The keys of the object that a trial's key holds of the call.
  package mutating func identity(of call: CommandCall) {
    key("artefacts")
    object { w in
      for (name, kind) in call.artefacts.sorted(by: { $0.key < $1.key }) {
        w.key(name)
        w.value(kind.rawValue)
      }
    }
    program(call)
    key("run")
    array { w in for word in call.run { w.value(word) } }
  }

  /// The call in full.
  mutating func value(_ call: CommandCall) {
    object { w in
      w.key("call")
      w.object { $0.identity(of: call) }
      w.key("folder")
      w.value(call.folder)
      w.key("others")
      w.array { w in for path in call.others { w.value(path) } }
      if let limit = call.timeLimitSeconds {
        w.key("time-limit")
        w.value(limit)
      }
    }
  }

  fileprivate mutating func program(_ call: CommandCall) {
    key("build")
    array { w in for word in call.build { w.value(word) } }
    key("environment")
    object { w in
      for (name, text) in call.environment.sorted(by: { $0.key < $1.key }) {
        w.key(name)
        w.value(text)
      }
    }
    key("files")
    object { w in
      for file in call.files {
        w.key(file.path)
        w.value(file.digest.hex)
      }
    }
  }
}

extension CanonicalReader {
  mutating func commandCall() throws -> CommandCall {
    var run: [String] = []
    var build: [String] = []
    var files: [CommandCall.File] = []
    var environment: [String: String] = [:]
    var artefacts: [String: ArtefactKind] = [:]
    var limit: Double?
    var folder = ""
    var others: [String] = []
    try object { reader, key in
      switch key {
      case "call":
        try reader.object { reader, key in
          switch key {
          case "artefacts":
            try reader.object { reader, name in artefacts[name] = ArtefactKind(rawValue: try reader.text()) }
          case "build": try reader.array { build.append(try $0.text()) }
          case "environment": try reader.object { reader, name in environment[name] = try reader.text() }
          case "files":
            try reader.object { reader, path in
              guard let digest = Digest(hex: try reader.text()) else { throw reader.error("no digest") }
              files.append(CommandCall.File(path: path, digest: digest))
            }
          case "run": try reader.array { run.append(try $0.text()) }
          default: throw reader.error("unknown key '\(key)' of a command")
          }
        }
      case "folder": folder = try reader.text()
      case "others": try reader.array { others.append(try $0.text()) }
      case "time-limit": limit = try reader.number()
      default: throw reader.error("unknown key '\(key)' of a command")
      }
    }
    return CommandCall(
      run: run, build: build, files: files, environment: environment, artefacts: artefacts,
      timeLimitSeconds: limit, folder: folder, others: others)
  }
}
