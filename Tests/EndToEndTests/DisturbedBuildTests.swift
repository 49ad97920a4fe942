import Driver
import Execution
import Foundation
import GRDB
import Testing

/// Builds that are killed, stopped, starved and robbed: no finished trial is lost, none is run twice, nothing has to
/// be cleared away by hand, and the final report has the bytes of an undisturbed one's.
///
/// `ASSAY_KILLS` says how often builds and workers are killed, `make soak` two hundred times.
@Suite(.serialized) struct DisturbedBuildTests {
  static let kills = ProcessInfo.processInfo.environment["ASSAY_KILLS"].flatMap { Int($0) } ?? 8

  /// Long enough to be disturbed: about a second of training.
  private let study: String

  init() throws {
    study = try Project.fixture("iris.md").replacing("epochs: 3", with: "epochs: 150")
  }

  private func project() throws -> Project {
    let project = try Project()
    try project.write(study, to: "studies/iris.md")
    return project
  }

  /// What an undisturbed build gives, made once.
  private static let calm: (output: [String: String], ledger: String?, trials: Int)? = try? {
    let project = try Project()
    let study = try Project.fixture("iris.md").replacing("epochs: 3", with: "epochs: 150")
    try project.write(study, to: "studies/iris.md")
    let run = try Tool(folder: project.folder).run("build", "--quiet")
    guard run.status == 0 else { throw CocoaError(.featureUnsupported) }
    return (project.output(), project.read("studies/iris.ledger"), try trialCount(project))
  }()

  private static func trialCount(_ project: Project) throws -> Int {
    try DatabaseQueue(path: "\(project.folder)/.assay/store.sqlite").read { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM trial") ?? 0
    }
  }

  /// Builds to the end and compares everything with the undisturbed build.
  private func finish(_ project: Project) throws {
    let run = try Tool(folder: project.folder).run("build")
    #expect(run.status == 0, "\(run.errors)")
    try compare(project)
  }

  private func compare(_ project: Project) throws {
    let calm = try #require(Self.calm)
    #expect(project.changes(since: calm.output) == [])
    let isSame = project.read("studies/iris.ledger") == calm.ledger
    #expect(isSame, "the ledger differs from the undisturbed one")
    #expect(try Self.trialCount(project) == calm.trials)
  }

  @Test func killedToolsLoseNothing() throws {
    var disturbed = try project()
    var generator = SystemRandomNumberGenerator()
    var struck = 0
    var rounds = 0
    while struck < Self.kills, rounds < 4 * Self.kills {
      rounds += 1
      let (process, _, _) = try Tool(folder: disturbed.folder).start(["build", "--quiet"])
      usleep(UInt32.random(in: 5_000...700_000, using: &generator))
      if process.isRunning {
        kill(process.processIdentifier, SIGKILL)
        struck += 1
      }
      process.waitUntilExit()
      if project(disturbed, isBuilt: process) {
        try compare(disturbed)
        disturbed = try project()
      }
    }
    #expect(struck > 0, "no build ran long enough to be killed")
    try finish(disturbed)
  }

  @Test func killedWorkersCostNothingButTime() throws {
    let kills = max(2, Self.kills / 4)
    var struck = 0
    for _ in 0..<kills {
      let disturbed = try project()
      let (process, _, errors) = try Tool(folder: disturbed.folder).start(["build"])
      for _ in 0..<40 where process.isRunning {
        usleep(UInt32.random(in: 10_000...60_000))
        guard let worker = children(of: process.processIdentifier).randomElement() else { continue }
        if kill(worker, SIGKILL) == 0 { struck += 1 }
        break
      }
      let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(text)")
      try compare(disturbed)
    }
    #expect(struck > 0, "no worker was there to be killed")
  }

  @Test(arguments: [(SIGINT, Int32(130), "SIGINT"), (SIGTERM, 143, "SIGTERM")])
  func signalsStopCleanly(_ number: Int32, _ status: Int32, _ name: String) throws {
    let disturbed = try Project()
    // Long enough to be stopped underway on a machine that does much else.
    let long = try Project.fixture("iris.md").replacing("epochs: 3", with: "epochs: 1000")
    try disturbed.write(long, to: "studies/iris.md")
    let (process, _, errors) = try Tool(folder: disturbed.folder).start(["build"])
    // As soon as trials have become durable.
    for _ in 0..<500 where process.isRunning && ((try? Self.trialCount(disturbed)) ?? 0) == 0 {
      usleep(10_000)
    }
    kill(process.processIdentifier, number)
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == status, "\(text)")
    #expect(text.contains("assay: stopped by \(name); "))
    #expect(text.contains("fix: run the same command again; it goes on from there"))
    let kept = try Self.trialCount(disturbed)
    let hasOutput = !disturbed.output().isEmpty
    #expect(kept > 0 && !hasOutput)
    #expect(text.contains("; \(kept) trial"))
    let rest = try Tool(folder: disturbed.folder).run("build", "--json")
    #expect(rest.status == 0, "\(rest.errors)")
    let ran = rest.output.components(separatedBy: "\"event\":\"trial\"").count - 1
    #expect(try Self.trialCount(disturbed) == kept + ran)
  }

  @Test func twoBuildsOfOneStoreRunEveryTrialOnce() throws {
    let shared = try project()
    let tool = Tool(folder: shared.folder)
    let first = try tool.start(["build", "--json"])
    let second = try tool.start(["build", "--json"])
    let outputs = [first, second].map {
      String(decoding: $0.output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
    for run in [first, second] {
      run.process.waitUntilExit()
      #expect(run.process.terminationStatus == 0)
    }
    let ran = outputs.joined().components(separatedBy: "\"event\":\"trial\"").count - 1
    #expect(ran == Self.calm?.trials)
    try compare(shared)
  }

  @Test func trialsOverTheirLimitsAreTriedAgain() throws {
    let disturbed = try project()
    let tool = Tool(folder: disturbed.folder)
    let late = try tool.run("build", "--time-limit", "0.000001", "--quiet")
    #expect(late.status == 1)
    #expect(late.errors.contains("a trial failed: stopped after 1e-06 s; see 'assay show "))
    let large = try tool.run("build", "--memory-limit", "1", "--quiet")
    #expect(large.status == 1)
    #expect(large.errors.contains("a trial failed: stopped when its worker held more than 1 MiB"))
    try finish(disturbed)
  }

  @Test func aFullDiskIsSaidAndSurvived() throws {
    let disturbed = try project()
    let run = try Tool(folder: disturbed.folder).shell(
      "trap '' XFSZ; ulimit -f 60; exec \"$ASSAY\" build --quiet")
    #expect(run.status == 3, "\(run.errors)")
    #expect(run.errors.contains("no room on the disk for the store '.assay/store.sqlite'"))
    #expect(run.errors.contains("fix: free some space and build again; every announced trial is kept"))
    try finish(disturbed)
  }

  @Test func aFullFileSystemIsSaidAndSurvived() throws {
    let disturbed = try project()
    let small = disturbed.folder + "/small"
    try FileManager.default.createDirectory(atPath: small, withIntermediateDirectories: true)
    let tool = Tool(folder: disturbed.folder)
    guard try tool.shell("mount -t tmpfs -o size=100k tmpfs small").status == 0 else {
      print("SKIPPED: this process may not mount a small file system")
      return
    }
    defer { _ = try? tool.shell("umount small") }
    let full = try tool.run("build", "--quiet", "--store", "small/store.sqlite")
    #expect(full.status == 3, "\(full.errors)")
    #expect(full.errors.contains("no room on the disk for the store 'small/store.sqlite'"))
    #expect(try tool.shell("mount -o remount,size=50m small").status == 0)
    let roomy = try tool.run("build", "--quiet", "--store", "small/store.sqlite")
    #expect(roomy.status == 0, "\(roomy.errors)")
    let calm = try #require(Self.calm)
    #expect(disturbed.changes(since: calm.output) == [])
  }

  @Test func aStoreRemovedUnderwayIsSaidAndReplaced() throws {
    let disturbed = try project()
    let long = study.replacing("epochs: 150", with: "epochs: 1000")
    try disturbed.write(long, to: "studies/iris.md")
    let (process, _, errors) = try Tool(folder: disturbed.folder).start(["build", "--quiet"])
    for _ in 0..<500 where process.isRunning && ((try? Self.trialCount(disturbed)) ?? 0) == 0 {
      usleep(10_000)
    }
    try disturbed.remove(".assay")
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 3)
    #expect(text.contains("the store '.assay/store.sqlite' was removed or replaced while in use"))
    let again = try Tool(folder: disturbed.folder).run("build", "--quiet")
    #expect(again.status == 0, "\(again.errors)")
  }

  @Test func damagedAndNewerStoresAreLeftAlone() throws {
    let disturbed = try project()
    let tool = Tool(folder: disturbed.folder)
    let store = "\(disturbed.folder)/.assay/store.sqlite"
    #expect(try tool.run("build", "--quiet").status == 0)
    try DatabaseQueue(path: store).write { db in
      try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 something new')")
    }
    try disturbed.remove("output")
    let newer = try tool.run("build", "--quiet")
    #expect(newer.status == 3)
    #expect(newer.errors.contains("the store '.assay/store.sqlite' was made by a newer assay"))
    try DatabaseQueue(path: store).write { db in
      try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier LIKE '9%'")
    }
    try DatabaseQueue(path: store).writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: store))
    let end = try file.seekToEnd()
    try file.seek(toOffset: 4096 * 12)
    try file.write(contentsOf: Foundation.Data(repeating: 0xA5, count: Int(end) - 4096 * 12))
    try file.close()
    let damaged = try tool.run("build", "--quiet")
    #expect(damaged.status == 3)
    #expect(damaged.errors.contains("the store '.assay/store.sqlite' is damaged: "))
    #expect(damaged.errors.contains("fix: move the file away and build again to run its trials anew"))
    try disturbed.remove(".assay")
    try finish(disturbed)
  }

  /// Whether a killed process had come to its end before.
  private func project(_ project: Project, isBuilt process: Process) -> Bool {
    process.terminationReason == .exit && process.terminationStatus == 0
      && project.read("output/iris.html") != nil
  }

  /// The processes whose parent is that one.
  private func children(of parent: Int32) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.filter { id in
      guard let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
        let end = status.lastIndex(of: ")")
      else { return false }
      let fields = status[end...].split(separator: " ")
      return fields.count > 2 && Int32(fields[2]) == parent && fields[1] != "Z"
    }
  }
}
