import Foundation

/// Watches which files of a folder are opened for a while, by the kernel's inotify.
///
/// It sees every process that opens one, and of files elsewhere nothing: a warning, never a proof.
final class OpenedFiles {
  private let descriptor: Int32
  /// The watched folders by the watch's number, relative to the first.
  private var folders: [Int32: String] = [:]

  /// The most folders that are watched.
  private static let limit = 256

  init(in folder: String) {
    descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    guard descriptor >= 0 else { return }
    let root = folder.isEmpty ? "." : folder
    watch(root, as: "")
    guard let names = FileManager.default.enumerator(atPath: root) else { return }
    for case let name as String in names where folders.count < Self.limit {
      guard names.fileAttributes?[.type] as? FileAttributeType == .typeDirectory else { continue }
      if name.hasPrefix(".") || names.level > 3 {
        names.skipDescendants()
      } else {
        watch("\(root)/\(name)", as: name + "/")
      }
    }
  }

  private func watch(_ path: String, as name: String) {
    let number = inotify_add_watch(descriptor, path, UInt32(IN_OPEN) | UInt32(IN_ONLYDIR))
    if number >= 0 { folders[number] = name }
  }

  /// Ends the watch; the files that were opened meanwhile, but for those named and for studies and their ledgers.
  func stop(without expected: Set<String>) -> [String] {
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var found: Set<String> = []
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      while true {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        guard count > 0 else { return }
        var place = 0
        while place + MemoryLayout<inotify_event>.size <= count {
          let event = buffer.loadUnaligned(fromByteOffset: place, as: inotify_event.self)
          let start = place + MemoryLayout<inotify_event>.size
          place = start + Int(event.len)
          guard let folder = folders[event.wd], event.len > 0, event.mask & UInt32(IN_ISDIR) == 0 else {
            continue
          }
          let name = String(decoding: buffer[start..<place].prefix { $0 != 0 }, as: UTF8.self)
          if !name.hasSuffix(".md"), !name.hasSuffix(".ledger") { found.insert(folder + name) }
        }
      }
    }
    return found.subtracting(expected).sorted()
  }
}
