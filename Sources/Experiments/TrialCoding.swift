// How a trial's results are written for the store and for the pipe of a worker, and read back with the same bits.

extension CanonicalWriter {
  /// An outcome: `{"artefacts":[…],"cost":…,"curves":[…],"diverged":reason,"measures":{…}}`, `artefacts` only where
  /// there are some, `diverged` only where it did.
  package mutating func value(_ outcome: Outcome) {
    object { w in
      if !outcome.artefacts.isEmpty {
        w.key("artefacts")
        w.array { w in for artefact in outcome.artefacts { w.value(artefact) } }
      }
      w.key("cost")
      w.object { w in
        w.key("examples")
        w.value(outcome.cost.examples)
        w.key("flops")
        w.value(outcome.cost.flops)
      }
      w.key("curves")
      w.array { w in for curve in outcome.curves { w.value(curve) } }
      if case .diverged(let reason) = outcome.status {
        w.key("diverged")
        w.value(reason)
      }
      w.key("measures")
      w.object { w in
        for (column, value) in outcome.measures.sorted(by: { $0.key < $1.key }) {
          w.key(column)
          w.value(value)
        }
      }
    }
  }

  /// A curve: `{"name":…,"steps":[…],"values":[…]}`.
  package mutating func value(_ curve: Curve) {
    object { w in
      w.key("name")
      w.value(curve.name)
      w.key("steps")
      w.array { w in for step in curve.steps { w.value(step) } }
      w.key("values")
      w.array { w in for value in curve.values { w.value(value) } }
    }
  }

  /// A measured cost: `{"cpu":…,"host":…,"peak":…,"wall":…}` in seconds and bytes.
  package mutating func value(_ cost: MeasuredCost) {
    object { w in
      w.key("cpu")
      w.value(cost.cpuSeconds)
      w.key("host")
      w.value(cost.host)
      w.key("peak")
      w.value(cost.peakBytes)
      w.key("wall")
      w.value(cost.wallSeconds)
    }
  }

  /// An attempt: `{"detail":…,"kind":…,"log":…}`.
  package mutating func value(_ attempt: Attempt) {
    object { w in
      w.key("detail")
      w.value(attempt.ending.detail)
      w.key("kind")
      w.value(attempt.ending.kind)
      w.key("log")
      w.value(attempt.log)
    }
  }
}

extension CanonicalReader {
  /// Reads an outcome with the bits it was written with.
  ///
  /// - Parameter withCurves: whether to read the curves, which are most of its bytes.
  package mutating func outcome(withCurves: Bool = true) throws -> Outcome {
    var status = Outcome.Status.finished
    var measures: [String: Double] = [:]
    var curves: [Curve] = []
    var cost = CountedCost()
    var artefacts: [Artefact] = []
    try object { reader, key in
      switch key {
      case "artefacts": try reader.array { artefacts.append(try $0.artefact()) }
      case "cost":
        try reader.object { reader, key in
          switch key {
          case "examples": cost.examples = try reader.integer()
          case "flops": cost.flops = try reader.integer()
          default: throw reader.error("unknown cost '\(key)'")
          }
        }
      case "curves" where withCurves: try reader.array { curves.append(try $0.curve()) }
      case "curves": try reader.skipArray()
      case "diverged": status = .diverged(try reader.text())
      case "measures": try reader.object { reader, column in measures[column] = try reader.number() }
      default: throw reader.error("unknown key '\(key)' of an outcome")
      }
    }
    return Outcome(status: status, measures: measures, curves: curves, cost: cost, artefacts: artefacts)
  }

  /// Reads a curve; steps and values of unequal number are an error.
  package mutating func curve() throws -> Curve {
    var name = ""
    var steps: [Int] = []
    var values: [Double] = []
    try object { reader, key in
      switch key {
      case "name": name = try reader.text()
      case "steps": try reader.array { steps.append(try $0.integer()) }
      case "values": try reader.array { values.append(try $0.number()) }
      default: throw reader.error("unknown key '\(key)' of a curve")
      }
    }
    guard steps.count == values.count else { throw error("a curve with unequal steps and values") }
    return Curve(name: name, steps: steps, values: values)
  }

  /// Reads a measured cost.
  package mutating func measuredCost() throws -> MeasuredCost {
    var cpu = 0.0
    var wall = 0.0
    var peak = 0
    var host = ""
    try object { reader, key in
      switch key {
      case "cpu": cpu = try reader.number()
      case "host": host = try reader.text()
      case "peak": peak = try reader.integer()
      case "wall": wall = try reader.number()
      default: throw reader.error("unknown key '\(key)' of a cost")
      }
    }
    return MeasuredCost(cpuSeconds: cpu, wallSeconds: wall, peakBytes: peak, host: host)
  }

  /// Reads an attempt; an unknown kind is an error.
  package mutating func attempt() throws -> Attempt {
    var kind = ""
    var detail = ""
    var log = ""
    try object { reader, key in
      switch key {
      case "detail": detail = try reader.text()
      case "kind": kind = try reader.text()
      case "log": log = try reader.text()
      default: throw reader.error("unknown key '\(key)' of an attempt")
      }
    }
    guard let ending = Attempt.Ending(kind: kind, detail: detail) else { throw error("an unknown attempt") }
    return Attempt(ending: ending, log: log)
  }
}

extension Outcome {
  /// The text the store keeps; equal outcomes have equal bytes.
  package var canonicalForm: [UInt8] {
    var writer = CanonicalWriter()
    writer.value(self)
    return writer.bytes
  }
}

extension Attempt.Ending {
  /// The kind of ending as a word: `failed`, `crashed`, `timed-out` or `outgrew`.
  package var kind: String {
    switch self {
    case .failed: "failed"
    case .crashed: "crashed"
    case .timedOut: "timed-out"
    case .outgrew: "outgrew"
    }
  }

  /// What goes with the kind: the message, the status, or the limit in seconds or bytes.
  package var detail: String {
    switch self {
    case .failed(let message): message
    case .crashed(let status): status
    case .timedOut(let seconds): seconds.description
    case .outgrew(let bytes): bytes.description
    }
  }

  /// The ending of that kind and detail, or nil where they are none.
  package init?(kind: String, detail: String) {
    switch kind {
    case "failed": self = .failed(detail)
    case "crashed": self = .crashed(detail)
    case "timed-out":
      guard let seconds = Double(detail) else { return nil }
      self = .timedOut(seconds: seconds)
    case "outgrew":
      guard let bytes = Int(detail) else { return nil }
      self = .outgrew(bytes: bytes)
    default: return nil
    }
  }
}
