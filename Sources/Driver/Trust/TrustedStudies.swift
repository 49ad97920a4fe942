import Diagnostics
import Experiments
import Foundation
import Studies

/// What a person lets run: the digests of studies together with the files of their programs, one a line with the
/// study's path, in a file outside any project.
///
/// A study that changes in any way, or one of whose declared files does, is another one and not trusted.
package struct TrustedStudies {
  private let path: String

  /// A list of a project's own, which its Makefile names.
  package init(list path: String) { self.path = path }

  /// The user's own list: `assay/trusted` in `XDG_CONFIG_HOME`, or in `~/.config` where that is not set.
  package static var ofUser: TrustedStudies {
    let environment = ProcessInfo.processInfo.environment
    let home = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
    return TrustedStudies(list: (home ?? NSHomeDirectory() + "/.config") + "/assay/trusted")
  }

  func contains(_ digest: Digest) -> Bool { lines.contains { $0.hasPrefix(digest.hex + " ") } }

  /// Remembers a study in place of what was remembered under its path; durable when this returns.
  func remember(_ digest: Digest, of study: String) throws {
    let kept = lines.filter { !$0.hasSuffix("  \(study)") }
    let text = (kept + ["\(digest.hex)  \(study)"]).sorted { $0.dropFirst(64) < $1.dropFirst(64) }
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    try Data((text.joined(separator: "\n") + "\n").utf8).write(
      to: URL(fileURLWithPath: path), options: .atomic)
  }

  private var lines: [String] {
    let data = FileManager.default.contents(atPath: path) ?? Data()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

/// Whose word a build takes for the programs of studies.
package struct Trust {
  /// Whether every study of the build is trusted (`--trust`).
  package var isComplete = false
  package var lists: [TrustedStudies] = [.ofUser]

  package init() {}

  /// Why a study must not run; nil where it has no programs or they are trusted.
  func refusal(of study: CheckedStudy, at path: String) -> Diagnostic? {
    guard let digest = study.programDigest, !isComplete, !lists.contains(where: { $0.contains(digest) }),
      let first = study.experiments.first(where: { $0.command != nil })
    else { return nil }
    return Diagnostic(
      .untrustedCommand, "the study runs programs of its author, and is not trusted",
      at: first.block.nameSpan,
      note: study.programs.joined(separator: "; "),
      fix: "read them and their files, then run 'assay trust \(path)', or build once with '--trust'")
  }
}

/// Remembers that studies may run their programs, and says which these are.
///
/// - Parameter list: the list to remember them in; the user's own where it is nil.
/// - Returns: whether the studies are sound.
package func trust(_ studies: [String], list: String?) throws -> Bool {
  let loader = StudyLoader(
    resolver: LibraryResolver(makeLibrary(try Home.find())), fingerprint: numericsDescription())
  let trusted = list.map { TrustedStudies(list: $0) } ?? .ofUser
  var isSound = true
  for path in try StudyFiles.find(studies) {
    guard let study = loader.load(path, profile: "full") else {
      isSound = false
      continue
    }
    guard let digest = study.programDigest else {
      Console.output("\(path): runs no programs")
      continue
    }
    for program in study.programs { Console.output("\(path): \(program)") }
    try trusted.remember(digest, of: path)
    Console.output("\(path): trusted as it is now, \(digest.short)")
  }
  return isSound
}

extension CheckedStudy {
  /// Digest of the study's text and of the declared files of its programs; nil where it runs none.
  var programDigest: Digest? {
    let files = Set(experiments.compactMap(\.command).flatMap(\.call.files))
    guard experiments.contains(where: { $0.command != nil }) else { return nil }
    var writer = CanonicalWriter()
    writer.array { w in
      w.value(document.source.text)
      for file in files.sorted(by: { $0.path < $1.path }) { w.value("\(file.path) \(file.digest.hex)") }
    }
    return Digest(of: writer.bytes)
  }

  /// What each experiment runs, in words.
  var programs: [String] {
    experiments.compactMap { experiment in
      experiment.command.map { command in
        let calls = [command.requirement, command.call.build, command.call.run].filter { !$0.isEmpty }
        let files = command.call.files.map(\.path)
        return "'\(experiment.name)' runs "
          + calls.map { "'\($0.joined(separator: " "))'" }.joined(separator: ", ")
          + (files.isEmpty ? "" : " with \(files.joined(separator: ", "))")
      }
    }
  }
}
