import Experiments
import Glibc

/// Runs `body` and measures what it cost: CPU time of all threads, wall time and the peak of resident memory.
///
/// Where the kernel lets the peak be reset it is that of this run, else that of the process so far.
func measured<Value>(_ body: () throws -> Value) rethrows -> (Value, MeasuredCost) {
  resetPeak()
  let cpu = seconds(CLOCK_PROCESS_CPUTIME_ID)
  let wall = seconds(CLOCK_MONOTONIC)
  let value = try body()
  let cost = MeasuredCost(
    cpuSeconds: seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu, wallSeconds: seconds(CLOCK_MONOTONIC) - wall,
    peakBytes: peakBytes(), host: host)
  return (value, cost)
}

/// The reading of one of the system's clocks, in seconds.
func seconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// This machine: its name, processor and number of cores.
private let host: String = {
  var names = utsname()
  uname(&names)
  let name = withUnsafeBytes(of: names.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  let processors = field("model name", of: "/proc/cpuinfo", limit: 1 << 14) ?? "unknown processor"
  return "\(name), \(processors), \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores"
}()

private func resetPeak() {
  let file = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
  guard file >= 0 else { return }
  _ = write(file, "5", 1)
  close(file)
}

private func peakBytes() -> Int {
  if let text = field("VmHWM", of: "/proc/self/status", limit: 1 << 13),
    let kibibytes = Int(text.prefix { $0 != " " })
  {
    return kibibytes * 1024
  }
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss * 1024
}

/// The value of the first `name: value` line among the first bytes of a file of the kernel's.
private func field(_ name: String, of path: String, limit: Int) -> String? {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return nil }
  defer { close(file) }
  var bytes = [UInt8](repeating: 0, count: limit)
  let count = read(file, &bytes, limit)
  guard count > 0 else { return nil }
  for line in bytes[..<count].split(separator: UInt8(ascii: "\n")) {
    guard line.starts(with: name.utf8), let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
    let value = line[(colon + 1)...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return String(decoding: value, as: UTF8.self)
  }
  return nil
}
