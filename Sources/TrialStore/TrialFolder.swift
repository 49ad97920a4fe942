import Experiments
import Glibc

/// The files beside a store: artefacts in `blobs`, checkpoints in `checkpoints`.
///
/// An artefact lies in `blobs/AB/ABCD…`, named by the SHA-256 of its bytes. It is written under another name, flushed
/// to the disk and then renamed, so that a name always means whole bytes unless the disk loses them, which reading
/// finds out. Any number of processes may use one folder at once.
package struct TrialFolder: TrialFiles {
  /// The folder of the store.
  package let path: String

  package init(path: String) { self.path = path }

  /// The folder beside the store of that path.
  package init(besideStoreAt store: String) {
    let steps = store.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    path = steps.isEmpty ? "." : steps == [""] ? "/" : steps.joined(separator: "/")
  }

  // MARK: Artefacts

  package func keep(_ bytes: [UInt8]) throws -> Digest {
    let digest = Digest(of: bytes)
    let place = blobPath(digest)
    if let known = try? contents(place), Digest(of: known) == digest { return digest }
    try write(bytes, to: place)
    return digest
  }

  package func read(_ digest: Digest) throws -> [UInt8] {
    guard let bytes = try contents(blobPath(digest)) else { throw ArtefactError.missing(digest) }
    guard Digest(of: bytes) == digest else { throw ArtefactError.damaged(digest) }
    return bytes
  }

  /// Where the artefact of that digest lies, or would.
  package func blobPath(_ digest: Digest) -> String {
    let name = digest.hex
    return "\(path)/blobs/\(name.prefix(2))/\(name)"
  }

  /// All artefacts that are kept, by digest, with their size in bytes; what was left half written is not among them.
  package func blobs() -> [(digest: Digest, bytes: Int)] {
    names(in: "\(path)/blobs").flatMap { folder in
      names(in: "\(path)/blobs/\(folder)").compactMap { name in
        var status = stat()
        guard let digest = Digest(hex: name), stat(blobPath(digest), &status) == 0 else { return nil }
        return (digest, Int(status.st_size))
      }
    }.sorted { $0.digest < $1.digest }
  }

  /// Frees an artefact; the trial that made it is run again should it be needed.
  package func remove(_ digest: Digest) { unlink(blobPath(digest)) }

  /// Removes what killed writers have left of artefacts; only while no other process writes here.
  package func removeLeftovers() {
    for folder in names(in: "\(path)/blobs") {
      for name in names(in: "\(path)/blobs/\(folder)") where name.hasSuffix(".part") {
        unlink("\(path)/blobs/\(folder)/\(name)")
      }
    }
  }

  // MARK: Checkpoints

  package func save(_ checkpoint: [UInt8], of trial: TrialKey) throws {
    try write(Digest(of: checkpoint).bytes + checkpoint, to: statePath(trial))
  }

  package func checkpoint(of trial: TrialKey) throws -> [UInt8]? {
    guard let bytes = try contents(statePath(trial)), bytes.count >= 32 else { return nil }
    let state = Array(bytes[32...])
    return Digest(of: state).bytes == Array(bytes[..<32]) ? state : nil
  }

  /// A trial's own folder for checkpoints; it may not exist yet.
  package func checkpointFolder(of trial: TrialKey) -> String { "\(path)/checkpoints/\(trial.digest.hex)" }

  /// The trials that have left something to go on from, with its size in bytes.
  package func checkpoints() -> [(trial: TrialKey, bytes: Int)] {
    names(in: "\(path)/checkpoints").compactMap { name in
      Digest(hex: name).map { (TrialKey($0), size(ofTree: "\(path)/checkpoints/\(name)")) }
    }
  }

  /// Removes what finished trials have left to go on from.
  package func removeCheckpoints(of trials: [TrialKey]) {
    for trial in trials { removeTree(checkpointFolder(of: trial)) }
  }

  // MARK: Programs

  /// Where a program of an author lies that was made from what has this digest, or would.
  package func programFolder(_ program: Digest) -> String { "\(path)/programs/\(program.hex)" }

  /// All programs that were made, with their size in bytes.
  package func programs() -> [(program: Digest, bytes: Int)] {
    names(in: "\(path)/programs").compactMap { name in
      Digest(hex: name).map { ($0, size(ofTree: programFolder($0))) }
    }
  }

  /// Frees a program; it is made again when it has to run.
  package func removeProgram(_ program: Digest) { removeTree(programFolder(program)) }

  // MARK: Notes and scratch

  /// Leaves a word for people about a trial that runs: it is shown once, when the trial is committed.
  package func note(_ text: String, of trial: TrialKey) throws {
    try write(Array(text.utf8), to: checkpointFolder(of: trial) + "/note")
  }

  /// What was noted about a trial.
  package func note(of trial: TrialKey) -> String? {
    let bytes = try? contents(checkpointFolder(of: trial) + "/note")
    return (bytes ?? nil).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Where trials that need a folder to work in have one each.
  package var scratch: String { "\(path)/scratch" }

  /// Removes what killed trials have left where they worked; only while no other process runs trials here.
  package func removeScratch() { removeTree(scratch) }

  private func statePath(_ trial: TrialKey) -> String { checkpointFolder(of: trial) + "/state" }

  // MARK: Files

  /// Writes a file as a whole: after a kill or a power loss its name leads to all of the bytes or to what was there.
  private func write(_ bytes: [UInt8], to target: String) throws {
    let folder = String(target[..<(target.lastIndex(of: "/")!)])
    try makeFolders(folder)
    let temporary = "\(target).\(getpid()).\(UInt32.random(in: .min ... .max)).part"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw StoreError(errno, path: temporary) }
    var rest = bytes[...]
    var code: Int32 = 0
    while !rest.isEmpty, code == 0 {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { code = errno }
    }
    if code == 0, fsync(file) != 0 { code = errno }
    close(file)
    if code == 0, rename(temporary, target) != 0 { code = errno }
    guard code == 0 else {
      unlink(temporary)
      throw StoreError(code, path: target)
    }
    let directory = open(folder, O_RDONLY | O_CLOEXEC)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
  }

  private func makeFolders(_ folder: String) throws {
    if mkdir(folder, 0o777) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = folder.lastIndex(of: "/"), slash != folder.startIndex else {
      throw StoreError(errno, path: folder)
    }
    try makeFolders(String(folder[..<slash]))
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else { throw StoreError(errno, path: folder) }
  }

  /// The bytes of a file; nil where there is none.
  private func contents(_ path: String) throws -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    if file < 0, errno == ENOENT || errno == ENOTDIR { return nil }
    guard file >= 0 else { throw StoreError(errno, path: path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw StoreError(errno, path: path) }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, total in
      while total < buffer.count {
        let count = Glibc.read(file, buffer.baseAddress! + total, buffer.count - total)
        if count > 0 {
          total += count
        } else if count == 0 || errno != EINTR {
          failure = count == 0 ? 0 : errno
          return
        }
      }
    }
    if failure != 0 { throw StoreError(failure, path: path) }
    return bytes
  }

  private func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The bytes of all files below a folder, links not followed.
  private func size(ofTree folder: String) -> Int {
    names(in: folder).reduce(0) { sum, name in
      var status = stat()
      guard lstat("\(folder)/\(name)", &status) == 0 else { return sum }
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      return sum + (isFolder ? size(ofTree: "\(folder)/\(name)") : Int(status.st_size))
    }
  }

  private func removeTree(_ folder: String) {
    for name in names(in: folder) {
      if unlink("\(folder)/\(name)") != 0, errno == EISDIR || errno == EPERM {
        removeTree("\(folder)/\(name)")
      }
    }
    rmdir(folder)
  }
}
