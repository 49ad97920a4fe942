import Experiments
import Randomness

/// What a command is told: one JSON document on its standard input, and in a file that `ASSAY_REQUEST` names.
struct CommandRequest {
  let specification: TrialSpecification
  /// The file of each role's rows.
  let data: [DataRole: String]
  /// The files of each input's artefacts, source by source.
  let inputs: [(name: String, sources: [[(artefact: String, path: String)]])]
  let scratch: String
  let checkpoints: String
  let timeLimitSeconds: Double?

  var bytes: [UInt8] {
    var writer = CanonicalWriter()
    writer.object { w in
      if let budget = specification.budget {
        w.key("budget")
        w.value(budget)
      }
      w.key("checkpoints")
      w.value(checkpoints)
      w.key("contract")
      w.value(CommandCall.contract)
      w.key("data")
      w.object { w in
        for (role, path) in data.sorted(by: { $0.key < $1.key }) {
          w.key(role.rawValue)
          w.value(path)
        }
      }
      w.key("inputs")
      w.object { w in
        for input in inputs {
          w.key(input.name)
          w.array { w in
            for source in input.sources {
              w.object { w in
                for (artefact, path) in source {
                  w.key(artefact)
                  w.value(path)
                }
              }
            }
          }
        }
      }
      w.key("keep")
      w.array { w in for name in specification.kept { w.value(name) } }
      w.key("measures")
      w.array { w in
        for name in Set(specification.measures.map(\.measure)).sorted() { w.value(name) }
      }
      w.key("scratch")
      w.value(scratch)
      w.key("seed")
      w.object { w in
        w.key("pool")
        w.value(specification.seed.pool.rawValue)
        w.key("random")
        w.value(random)
        w.key("seed")
        w.value(specification.seed.seed)
      }
      w.key("settings")
      w.value(specification.settings)
      if let timeLimitSeconds {
        w.key("time-limit-seconds")
        w.value(timeLimitSeconds)
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// A number of 31 bits for the program's own generator: the same seed gives another one in each pool.
  private var random: Int {
    var stream = RandomStream(
      seed: UInt64(bitPattern: Int64(specification.seed.seed)), role: specification.seed.pool.rawValue,
      purpose: "command", index: 0)
    return Int(stream.next() >> 33)
  }
}
