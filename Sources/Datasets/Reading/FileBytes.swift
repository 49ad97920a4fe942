import Glibc

/// The bytes of a regular file.
///
/// Anything else that has a path (a folder, a pipe, a device) is refused, so that a study cannot make Assay
/// wait.
func fileBytes(_ path: String) throws(DataError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else {
    throw errno == ENOENT || errno == ENOTDIR
      ? .noFile(path) : .unreadable(path, String(cString: strerror(errno)))
  }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
    throw .unreadable(path, "it is not a regular file")
  }
  guard status.st_size <= largestFile else { throw .tooLarge(path) }
  let capacity = Int(status.st_size)
  var problem: Int32 = 0
  let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
    while count < capacity {
      let got = Glibc.read(descriptor, buffer.baseAddress! + count, capacity - count)
      if got < 0, errno == EINTR { continue }
      if got < 0 { problem = errno }
      if got <= 0 { return }
      count += got
    }
  }
  guard problem == 0 else { throw .unreadable(path, String(cString: strerror(problem))) }
  return bytes
}

/// The most bytes a data file may have, packed or unpacked: 1 GiB.
let largestFile = 1 << 30

extension DataError {
  static func noFile(_ path: String) -> DataError {
    DataError(.missingFile, "there is no file '\(path)'", fix: "put the file there, or correct the path")
  }

  static func unreadable(_ path: String, _ reason: String) -> DataError {
    DataError(.unreadableFile, "the file '\(path)' cannot be read: \(reason)")
  }

  static func tooLarge(_ file: String) -> DataError {
    DataError(
      .badDataFile, "the file '\(file)' is too large",
      note: "a data file has at most 1 GiB, also when unpacked",
      fix: "keep the rows and columns that the study needs")
  }
}
