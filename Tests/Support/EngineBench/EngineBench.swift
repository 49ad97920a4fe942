import Foundation

/// Measures how the engine grows with the number of trials: `EngineBench [SIZE…]`.
///
/// Trials are invented, so that nothing but the engine's own work is measured; times are CPU seconds of this process.
/// For each task it prints the seconds at every size, those of a single trial at the largest, and the exponent e of
/// the growth n^e from one size to the next.
@main struct EngineBench {
  static func main() throws {
    let sizes = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    let folder = NSTemporaryDirectory() + "assay-bench-\(getpid())"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var series = Series()
    for size in sizes.isEmpty ? [1_000, 10_000, 100_000] : sizes {
      let own = "\(folder)/\(size)"
      try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
      try StoreBench(folder: own, size: size).run(&series)
      try BuildBench(folder: own, size: size).run(&series)
      try FileManager.default.removeItem(atPath: own)
    }
    try ManyStudiesBench(folder: folder + "/many").run(&series)
    print(series.json)
  }
}

/// CPU seconds by task and size.
struct Series {
  private var tasks: [String] = []
  private var seconds: [String: [(size: Int, seconds: Double)]] = [:]

  /// Runs and times a task.
  mutating func time<Value>(_ task: String, _ size: Int, _ body: () throws -> Value) rethrows -> Value {
    let start = clock()
    let value = try body()
    add(task, size, Double(clock() - start) / Double(CLOCKS_PER_SEC))
    return value
  }

  mutating func add(_ task: String, _ size: Int, _ seconds: Double) {
    if self.seconds[task] == nil { tasks.append(task) }
    self.seconds[task, default: []].append((size, seconds))
    FileHandle.standardError.write(Data("\(task) at \(size): \(seconds) s\n".utf8))
  }

  /// One object a task: sizes, seconds, microseconds a trial at the largest size, and exponents between sizes.
  var json: String {
    let lines = tasks.map { task in
      let points = seconds[task]!
      let exponents = zip(points, points.dropFirst()).map { a, b in
        log(b.seconds / a.seconds) / log(Double(b.size) / Double(a.size))
      }
      let last = points[points.count - 1]
      return """
        {"task":"\(task)","sizes":\(points.map(\.size)),"cpu-seconds":\(points.map { rounded($0.seconds) }),\
        "microseconds-each":\(rounded(last.seconds / Double(last.size) * 1e6)),"exponents":\(exponents.map(rounded))}
        """
    }
    return "[" + lines.joined(separator: ",\n ") + "]"
  }

  private func rounded(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }
}
