import Execution
import Foundation

extension TrialLimits {
  /// The limits with what is silent filled in: an hour, since a trial that takes longer is more often stuck than slow,
  /// and an equal share of nine tenths of this machine's memory.
  static func filled(_ seconds: Double?, _ bytes: Int?, workers: Int) -> TrialLimits {
    TrialLimits(seconds: seconds ?? 3600, bytes: bytes ?? availableBytes / 10 * 9 / max(1, workers))
  }

  /// The memory of this machine, or what its control group leaves of it.
  private static var availableBytes: Int {
    let physical = Int(ProcessInfo.processInfo.physicalMemory)
    let group = FileManager.default.contents(atPath: "/sys/fs/cgroup/memory.max").flatMap {
      Int(String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }
    return min(physical, group ?? physical)
  }
}
