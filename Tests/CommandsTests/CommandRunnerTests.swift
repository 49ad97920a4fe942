import Commands
import EngineTestSupport
import Experiments
import Foundation
import Testing
import TrialStore

/// Programs run as trials: what they are given, what becomes of what they do.
@Suite struct CommandRunnerTests {
  private static let done = #"echo '{"measures": {"accuracy": 1}}'"#

  /// Runs a shell script and returns what it left in a file of the study's folder.
  private func seen(
    _ script: String, pool: SeedPool = .tuning, in fixture: CommandFixture
  ) throws -> String {
    let out = fixture.folder + "/../out"
    try fixture.write("(\(script)) > '\(out)'\n\(Self.done)\n", to: "run.sh")
    let call = try fixture.call(["sh", "run.sh"], files: ["run.sh"])
    _ = try fixture.run(call, fixture.specification(call, pool: pool))
    return try String(contentsOfFile: out, encoding: .utf8)
  }

  private func request(_ fixture: CommandFixture, pool: SeedPool = .tuning) throws -> [String: Any] {
    let text = try seen("cat", pool: pool, in: fixture)
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func theRequestSaysEverythingOnceOnStandardInputAndInAFile() throws {
    try CommandFixture.inFolder { fixture in
      let request = try request(fixture)
      #expect(
        request.keys.sorted() == [
          "checkpoints", "contract", "data", "inputs", "keep", "measures", "scratch", "seed", "settings",
          "time-limit-seconds",
        ])
      #expect((request["settings"] as? [String: Double]) == ["rate": 0.5])
      #expect((request["measures"] as? [String]) == ["accuracy"])
      #expect((request["data"] as? [String: String])?.keys.sorted() == ["fit", "score"])
      let same = try seen(#"cat > copy; cmp copy "$ASSAY_REQUEST" && echo same"#, in: fixture)
      #expect(same == "same\n")
    }
  }

  @Test func theRandomNumberDiffersInEachPoolOfSeeds() throws {
    try CommandFixture.inFolder { fixture in
      let numbers = try SeedPool.allCases.map { pool -> Int in
        let seed = try #require(try request(fixture, pool: pool)["seed"] as? [String: Any])
        #expect(seed["pool"] as? String == pool.rawValue && seed["seed"] as? Int == 7)
        return try #require(seed["random"] as? Int)
      }
      #expect(Set(numbers).count == 3 && numbers.allSatisfy { (0..<1 << 31).contains($0) })
    }
  }

  @Test func dataAreFilesOfTheTrialsRolesWithStableIds() throws {
    try CommandFixture.inFolder { fixture in
      let text = try seen(#"cd ../data; ls; cat score.csv"#, in: fixture)
      let lines = text.split(separator: "\n").map(String.init)
      #expect(Array(lines[..<3]) == ["fit.csv", "score.csv", "item,x1,x2,x3,x4,target"])
      let call = try fixture.call(["true"])
      let score = try #require(try fixture.specification(call).data[.score])
      let items = try fixture.library.items(for: score)
      #expect(lines.dropFirst(3).map { $0.split(separator: ",")[0] } == items.map { $0.hex[...] })
      let rows = try fixture.library.rows(for: score)
      let first = lines[3].split(separator: ",").map(String.init)
      let row = Int(rows.rows[0])
      #expect(first[1...4].compactMap { Float($0) } == Array(rows.dataset.features[row * 4..<row * 4 + 4]))
      #expect(first[5] == rows.dataset.classes[Int(rows.dataset.labels[row])])
    }
  }

  @Test func nothingButDeclaredFilesIsThere() throws {
    try CommandFixture.inFolder { fixture in
      try fixture.write("secret", to: "helper.py")
      try fixture.write("x", to: "lib/part.txt")
      let out = fixture.folder + "/../out"
      try fixture.write(
        "find . -type f | sort > '\(out)'; cat lib/part.txt >> '\(out)'\n\(Self.done)", to: "run.sh")
      _ = try fixture.run(["sh", "./run.sh"], files: ["run.sh", "lib/part.txt"])
      #expect(try String(contentsOfFile: out, encoding: .utf8) == "./lib/part.txt\n./run.sh\nx")
    }
  }

  @Test func anUndeclaredFileThatIsMissedIsNamed() throws {
    try CommandFixture.inFolder { fixture in
      try fixture.write("x = 1", to: "helper.py")
      try fixture.write("cat helper.py", to: "run.sh")
      let error = #expect(throws: CommandError.self) { try fixture.run(["sh", "run.sh"], files: ["run.sh"]) }
      #expect(error == .ended("exit status 1", hints: ["helper.py"]))
      #expect(
        "\(error!)"
          == "the command ended with exit status 1; 'helper.py' lies beside the study but is not among its 'files'"
      )
    }
  }

  @Test func anUndeclaredFileThatIsOpenedIsNoted() throws {
    try CommandFixture.inFolder { fixture in
      try fixture.write("1", to: "secret.txt")
      try fixture.write(
        "cat '\(fixture.folder)/secret.txt' '\(fixture.folder)/run.sh' > /dev/null\n\(Self.done)",
        to: "run.sh")
      let call = try fixture.call(["sh", "run.sh"], files: ["run.sh"])
      let trial = try fixture.specification(call)
      #expect(try fixture.run(call, trial).status == .finished)
      #expect(fixture.files.note(of: trial.key) == "'secret.txt' was opened")
    }
  }

  @Test func aFileThatChangedSinceTheCheckIsRefused() throws {
    try CommandFixture.inFolder { fixture in
      try fixture.write(Self.done, to: "run.sh")
      let call = try fixture.call(["sh", "run.sh"], files: ["run.sh"])
      try fixture.write("echo other", to: "run.sh")
      let trial = try fixture.specification(call)
      #expect(throws: CommandError.changed("run.sh")) { try fixture.run(call, trial) }
      try FileManager.default.removeItem(atPath: fixture.folder + "/run.sh")
      #expect(throws: CommandError.missing("run.sh")) { try fixture.run(call, trial) }
    }
  }

  @Test func theEnvironmentIsTheDeclaredOne() throws {
    try CommandFixture.inFolder { fixture in
      let out = fixture.folder + "/../out"
      try fixture.write("env | cut -d= -f1 | sort | tr '\\n' ' ' > '\(out)'\n\(Self.done)", to: "run.sh")
      let call = try fixture.call(["sh", "run.sh"], files: ["run.sh"], environment: ["MINE": "2"])
      _ = try fixture.run(call, fixture.specification(call))
      let names = try String(contentsOfFile: out, encoding: .utf8).split(separator: " ").map(String.init)
      #expect(
        Set(names).subtracting(["_", "SHLVL", "OLDPWD"])
          == ["ASSAY_REQUEST", "HOME", "LANG", "MINE", "PATH", "PWD", "TMPDIR"])
    }
  }

  @Test func failuresAreAttempts() throws {
    try CommandFixture.inFolder { fixture in
      func failure(_ script: String, limit: Double = 20) -> CommandError? {
        do {
          try fixture.write(script, to: "run.sh")
          _ = try fixture.run(["sh", "run.sh"], files: ["run.sh"], limit: limit)
        } catch { return error as? CommandError }
        return nil
      }
      #expect(failure("exit 3") == .ended("exit status 3", hints: []))
      #expect(failure("\(Self.done); kill -ABRT $$") == .ended("SIGABRT", hints: []))
      #expect(failure("sleep 1000", limit: 0.3) == .timedOut(seconds: 0.3))
      #expect(failure("echo hello") == .garbage(line: 1, reason: "it is not a JSON object"))
      #expect(failure("true") == .missingMeasure("accuracy"))
      let missing = #expect(throws: CommandError.self) { try fixture.run(["no-such-program"]) }
      #expect(
        "\(missing!)" == "the command 'no-such-program' does not start: there is no such program in PATH")
      // Whatever happened, nothing is left of where it worked.
      #expect((try? FileManager.default.contentsOfDirectory(atPath: fixture.files.scratch)) ?? [] == [])
    }
  }

  @Test func artefactsAreFilesOfTheFolderOrArraysAboutItems() throws {
    try CommandFixture.inFolder { fixture in
      let call = try fixture.call(["sh", "run.sh"], files: [])
      let items = try fixture.library.items(for: try #require(try fixture.specification(call).data[.score]))
      let values = items.indices.reversed().map { [Double($0), 0.5] }
      try fixture.write(
        """
        printf 'learned' > model.bin
        echo '{"artefact": "weights", "file": "model.bin"}'
        echo '{"artefact": "logits", "items": \(Self.list(items.reversed())), "values": \(values)}'
        \(Self.done)
        """, to: "run.sh")
      let outcome = try fixture.run(["sh", "run.sh"], files: ["run.sh"], kept: ["weights", "logits"])
      #expect(outcome.artefacts.map(\.name) == ["logits", "weights"])
      #expect(try fixture.files.read(outcome.artefacts[1].digest) == Array("learned".utf8))
      let logits = try ArtefactContent(bytes: fixture.files.read(outcome.artefacts[0].digest))
      #expect(try logits.rows(logits.arrays[0], of: [items[0], items[1]]) == [0, 0.5, 1, 0.5])
      try fixture.write(#"echo '{"artefact": "weights", "file": "/etc/passwd"}'; "# + Self.done, to: "run.sh")
      #expect(throws: CommandError.outside("/etc/passwd")) {
        try fixture.run(["sh", "run.sh"], files: ["run.sh"], kept: ["weights"])
      }
    }
  }

  private static func list(_ items: some Sequence<RowDigest>) -> String {
    "[" + items.map { "\"\($0.hex)\"" }.joined(separator: ", ") + "]"
  }

  /// What is about items has a row for each row that is scored; scores are one number.
  @Test func artefactsAboutItemsCoverTheTrialsRows() throws {
    try CommandFixture.inFolder { fixture in
      let kinds: [String: ArtefactKind] = ["hardness": .scores, "logits": .logits]
      let call = try fixture.call(["sh", "run.sh"], artefacts: kinds)
      let items = try fixture.library.items(for: try #require(try fixture.specification(call).data[.score]))
      func run(_ name: String, _ items: [RowDigest], _ value: String) throws -> Outcome {
        let values = items.map { _ in value }.joined(separator: ",")
        try fixture.write(
          "echo '{\"artefact\": \"\(name)\", \"items\": \(Self.list(items)), \"values\": [\(values)]}'; "
            + Self.done, to: "run.sh")
        let call = try fixture.call(["sh", "run.sh"], files: ["run.sh"], artefacts: kinds)
        return try fixture.run(call, fixture.specification(call, kept: [name]))
      }
      #expect(try run("hardness", items, "0.5").artefacts.map(\.kind) == [.scores])
      #expect(throws: CommandError.missingItems("hardness", lacking: 2, of: items.count)) {
        try run("hardness", Array(items.dropFirst(2)), "1")
      }
      #expect(throws: CommandError.manyScores("hardness", 2)) { try run("hardness", items, "[1, 2]") }
      #expect(throws: CommandError.missingItems("logits", lacking: items.count, of: items.count)) {
        try run("logits", [], "[1, 2]")
      }
      try fixture.write(
        "touch made; echo '{\"artefact\": \"logits\", \"file\": \"made\"}'; " + Self.done, to: "run.sh")
      #expect(throws: CommandError.notAboutItems("logits", .logits)) {
        try fixture.run(["sh", "run.sh"], files: ["run.sh"], kept: ["logits"])
      }
    }
  }

  /// An input about items reaches a program with the rows of its own roles and no others.
  @Test func inputsAreFilesWithTheTrialsOwnItems() throws {
    try CommandFixture.inFolder { fixture in
      let out = fixture.folder + "/../out"
      try fixture.write("cat ../inputs/* > '\(out)'\n\(Self.done)", to: "run.sh")
      let call = try fixture.call(["sh", "run.sh"], files: ["run.sh"])
      let own = try fixture.library.items(for: try #require(try fixture.specification(call).data[.score]))[0]
      let foreign = RowDigest(high: 1, low: 2)
      let content = ArtefactContent(
        items: [foreign, own], arrays: [.init(name: "logits", shape: [2, 2], values: [9, 9, 0.5, -1])])
      let digest = try fixture.files.keep(content.bytes)
      let artefact = Artefact(name: "logits", kind: .logits, digest: digest, bytes: content.bytes.count)
      let input = TrialInput(name: "before", sources: [.init(artefacts: [artefact])])
      _ = try fixture.run(call, fixture.specification(call, inputs: [input]))
      #expect(try String(contentsOfFile: out, encoding: .utf8) == "item,v1,v2\n\(own.hex),0.5,-1.0\n")
    }
  }

  @Test func aProgramIsMadeOnceForAllItsTrials() throws {
    try CommandFixture.inFolder { fixture in
      let log = fixture.folder + "/../made"
      try fixture.write("echo made >> '\(log)'; cp part.txt program.sh", to: "make.sh")
      try fixture.write(Self.done, to: "part.txt")
      let call = try fixture.call(
        ["sh", "program.sh"], build: ["sh", "make.sh"], files: ["make.sh", "part.txt"])
      for rate in [0.1, 0.2, 0.3] {
        let trial = try fixture.specification(call, settings: Settings(["rate": .number(rate)]))
        #expect(try fixture.run(call, trial).measures == ["accuracy": 1])
      }
      #expect(try String(contentsOfFile: log, encoding: .utf8) == "made\n")
      try fixture.write("exit 4", to: "make.sh")
      let broken = try fixture.call(
        ["sh", "program.sh"], build: ["sh", "make.sh"], files: ["make.sh", "part.txt"])
      #expect(throws: CommandError.notBuilt("exit status 4")) {
        try fixture.run(broken, fixture.specification(broken))
      }
    }
  }

  @Test func checkpointsSurviveAFailedRun() throws {
    try CommandFixture.inFolder { fixture in
      let script = """
        folder=$(sed -n 's/.*"checkpoints":"\\([^"]*\\)".*/\\1/p')
        if [ -f "$folder/state" ]; then \(Self.done); else echo half > "$folder/state"; exit 1; fi
        """
      try fixture.write(script, to: "run.sh")
      let call = try fixture.call(["sh", "run.sh"], files: ["run.sh"])
      let trial = try fixture.specification(call)
      #expect(throws: CommandError.self) { try fixture.run(call, trial) }
      #expect(try fixture.run(call, trial).status == .finished)
      fixture.files.removeCheckpoints(of: [trial.key])
      #expect(!FileManager.default.fileExists(atPath: fixture.files.checkpointFolder(of: trial.key)))
    }
  }

  /// A program that counts: it goes on from the state of another trial, and stops where it is told to.
  @Test func aRunStopsAndGoesOnInAnotherTrial() throws {
    try CommandFixture.inFolder { fixture in
      let script = """
        request=$(cat)
        end=$(echo "$request" | sed -n 's/.*"budget":\\([0-9]*\\).*/\\1/p')
        state=$(echo "$request" | sed -n 's/.*"state":\\[{"state":"\\([^"]*\\)"}\\].*/\\1/p')
        done=0; if [ -n "$state" ]; then done=$(cat "$state"); fi
        echo "${end:-9}" > reached
        case "$request" in *'"keep":["state"]'*) echo '{"artefact": "state", "file": "reached"}';; esac
        echo "{\\"measures\\": {\\"accuracy\\": ${end:-9}$done}}"
        """
      try fixture.write(script, to: "run.sh")
      let call = try fixture.call(["sh", "run.sh"], files: ["run.sh"], artefacts: ["state": .state])
      func run(to budget: Int?, from earlier: Outcome? = nil, kept: [String] = []) throws -> Outcome {
        let plain = try fixture.specification(
          call, kept: kept,
          inputs: earlier.map { [TrialInput(name: "state", sources: [.init(artefacts: $0.artefacts)])] } ?? []
        )
        return try fixture.run(
          call,
          TrialSpecification(
            procedure: plain.procedure, settings: plain.settings, revisions: [], data: plain.data,
            seed: plain.seed, budget: budget, measures: plain.measures, kept: kept, inputs: plain.inputs,
            command: call, fingerprint: "f"))
      }
      let first = try run(to: 3, kept: ["state"])
      #expect(first.measures == ["accuracy": 30])
      #expect(first.artefacts.map(\.kind) == [.state])
      let second = try run(to: 6, from: first, kept: ["state"])
      #expect(second.measures == ["accuracy": 63])
      #expect(try run(to: nil, from: second).measures == ["accuracy": 96])
    }
  }

  @Test func everythingDeclaredIsInTheKeyAndNothingElse() throws {
    try CommandFixture.inFolder { fixture in
      try fixture.write("one", to: "a.txt")
      func key(_ call: CommandCall) throws -> TrialKey { try fixture.specification(call).key }
      let plain = try fixture.call(["sh", "a.txt"], files: ["a.txt"])
      let same = CommandCall(
        run: plain.run, build: plain.build, files: plain.files, environment: plain.environment,
        artefacts: plain.artefacts, timeLimitSeconds: 1, folder: "elsewhere", others: ["b.txt"])
      #expect(try key(same) == key(plain))
      try fixture.write("two", to: "a.txt")
      let others = [
        try fixture.call(["sh", "a.txt"], files: ["a.txt"]), try fixture.call(["sh", "a.txt", "-v"]),
        try fixture.call(["sh", "a.txt"], build: ["true"]),
        try fixture.call(["sh", "a.txt"], environment: ["A": "1"]), try fixture.call(["sh", "a.txt"]),
        try fixture.call(["sh", "a.txt"], artefacts: [:]),
      ]
      #expect(Set(try (others + [plain]).map(key)).count == 7)
      var writer = CanonicalWriter()
      let trial = try fixture.specification(others[3])
      writer.value(trial)
      #expect(try CanonicalReader.read(writer.bytes) { try $0.specification() } == trial)
    }
  }
}
