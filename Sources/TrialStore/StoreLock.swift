import Glibc

/// The right to write a store, held by one process at a time.
///
/// It is an advisory lock (`flock`) on an empty file beside the store. The kernel releases it with its owner, however
/// that ends, so that no stale lock is ever left behind. The descriptor is closed in child processes.
final class StoreLock {
  private let descriptor: Int32

  /// Takes the lock, waiting for its present owner; `onWait` is called once if there is one.
  init(besideStoreAt path: String, onWait: () -> Void) throws {
    let lockPath = path + ".lock"
    var hasWaited = false
    while true {
      let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw StoreError(errno, path: path) }
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
        if !hasWaited { onWait() }
        hasWaited = true
        while flock(descriptor, LOCK_EX) != 0 {
          guard errno == EINTR else {
            let code = errno
            close(descriptor)
            throw StoreError(code, path: path)
          }
        }
      }
      // The owner may have removed the folder meanwhile: only the file that now bears the name counts.
      if FileIdentity(path: lockPath) == FileIdentity(descriptor: descriptor) {
        self.descriptor = descriptor
        return
      }
      close(descriptor)
    }
  }

  deinit { close(descriptor) }
}

/// Which file a path leads to, whatever its name.
struct FileIdentity: Equatable {
  private let device: UInt
  private let inode: UInt

  /// The file at the path now, or nil where there is none.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
  }
}

extension StoreError {
  /// The error for a failed system call on a file of the store.
  init(_ code: Int32, path: String) {
    switch code {
    case EACCES, EPERM, EROFS: self = .readOnly(path: path)
    case ENOSPC, EDQUOT, EFBIG: self = .diskFull(path: path)
    default: self = .unusable(path: path, reason: String(cString: strerror(code)))
    }
  }
}

/// Seconds on a clock that only moves forward.
package func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
