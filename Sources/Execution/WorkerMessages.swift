import Experiments

/// What a worker writes on its pipe, one JSON object a line.
enum WorkerMessage {
  /// The worker has started and takes trials.
  case ready
  case finished(TrialKey, Outcome, MeasuredCost)
  case failed(TrialKey, String)

  /// The message as a line, its end included.
  var line: [UInt8] {
    var writer = CanonicalWriter()
    writer.object { w in
      switch self {
      case .ready:
        w.key("ready")
        w.value(true)
      case .finished(let key, let outcome, let cost):
        w.key("cost")
        w.value(cost)
        w.key("key")
        w.value(key.digest.hex)
        w.key("outcome")
        w.value(outcome)
      case .failed(let key, let message):
        w.key("failed")
        w.value(message)
        w.key("key")
        w.value(key.digest.hex)
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// The message of a line without its end.
  init(line: [UInt8]) throws {
    self = try CanonicalReader.read(line) { reader in
      var key: TrialKey?
      var outcome: Outcome?
      var cost: MeasuredCost?
      var failure: String?
      var isReady = false
      try reader.object { reader, name in
        switch name {
        case "cost": cost = try reader.measuredCost()
        case "failed": failure = try reader.text()
        case "key": key = try reader.trialKey()
        case "outcome": outcome = try reader.outcome()
        case "ready": isReady = try reader.flag()
        default: throw reader.error("unknown key '\(name)' of a message")
        }
      }
      if isReady { return .ready }
      if let key, let outcome, let cost { return .finished(key, outcome, cost) }
      if let key, let failure { return .failed(key, failure) }
      throw reader.error("an incomplete message")
    }
  }
}

extension TrialRequest {
  /// The request as a worker reads it: one JSON object in a line, its end included; the limits stay here.
  var line: [UInt8] {
    var writer = CanonicalWriter()
    writer.object { w in
      w.key("key")
      w.value(key.digest.hex)
      w.key("specification")
      w.value(specification)
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// The request of a line without its end.
  init(line: [UInt8]) throws {
    self = try CanonicalReader.read(line) { reader in
      var key: TrialKey?
      var specification: TrialSpecification?
      try reader.object { reader, name in
        switch name {
        case "key": key = try reader.trialKey()
        case "specification": specification = try reader.specification()
        default: throw reader.error("unknown key '\(name)' of a request")
        }
      }
      guard let key, let specification else { throw reader.error("an incomplete request") }
      return TrialRequest(key: key, specification: specification)
    }
  }
}

extension CanonicalReader {
  fileprivate mutating func trialKey() throws -> TrialKey {
    guard let digest = Digest(hex: try text()) else { throw error("no key") }
    return TrialKey(digest)
  }
}
