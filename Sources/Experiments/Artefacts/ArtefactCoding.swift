// How artefacts and inputs stand in outcomes, in keys and in the messages of workers: never their bytes.

extension CanonicalWriter {
  /// An artefact: `{"bytes":…,"digest":…,"kind":…,"name":…}`.
  mutating func value(_ artefact: Artefact) {
    object { w in
      w.key("bytes")
      w.value(artefact.bytes)
      w.key("digest")
      w.value(artefact.digest.hex)
      w.key("kind")
      w.value(artefact.kind.rawValue)
      w.key("name")
      w.value(artefact.name)
    }
  }

  /// The inputs as a key holds them: by input, of each source the digests by artefact.
  mutating func identity(of inputs: [TrialInput]) {
    object { w in
      for input in inputs {
        w.key(input.name)
        w.array { w in
          for source in input.sources {
            w.object { w in
              for artefact in source.artefacts {
                w.key(artefact.name)
                w.value("\(artefact.kind.rawValue) \(artefact.digest.hex)")
              }
            }
          }
        }
      }
    }
  }

  /// The inputs in full, by input a list of sources.
  mutating func value(_ inputs: [TrialInput]) {
    object { w in
      for input in inputs {
        w.key(input.name)
        w.array { w in
          for source in input.sources {
            w.array { w in for artefact in source.artefacts { w.value(artefact) } }
          }
        }
      }
    }
  }
}

extension CanonicalReader {
  mutating func artefact() throws -> Artefact {
    var name = ""
    var kind: ArtefactKind?
    var digest: Digest?
    var bytes = 0
    try object { reader, key in
      switch key {
      case "bytes": bytes = try reader.integer()
      case "digest": digest = Digest(hex: try reader.text())
      case "kind": kind = ArtefactKind(rawValue: try reader.text())
      case "name": name = try reader.text()
      default: throw reader.error("unknown key '\(key)' of an artefact")
      }
    }
    guard let kind, let digest else { throw error("an artefact without a kind or a digest") }
    return Artefact(name: name, kind: kind, digest: digest, bytes: bytes)
  }

  mutating func trialInputs() throws -> [TrialInput] {
    var inputs: [TrialInput] = []
    try object { reader, name in
      var sources: [TrialInput.Source] = []
      try reader.array { reader in
        var artefacts: [Artefact] = []
        try reader.array { artefacts.append(try $0.artefact()) }
        sources.append(TrialInput.Source(artefacts: artefacts))
      }
      inputs.append(TrialInput(name: name, sources: sources))
    }
    return inputs
  }
}
