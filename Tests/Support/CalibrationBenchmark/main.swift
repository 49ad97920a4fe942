// Measures of calibration on probabilities from a file, timed in CPU seconds: what netcal can do, and everything.
// Usage: CalibrationBenchmark FILE ROWS CLASSES, where FILE holds ROWS × CLASSES float64 and then ROWS int32 labels.
import Experiments
import Foundation
import Measures
import Parts

let arguments = CommandLine.arguments
guard arguments.count == 4, let rows = Int(arguments[2]), let classes = Int(arguments[3]),
  let bytes = FileManager.default.contents(atPath: arguments[1]),
  bytes.count == rows * classes * 8 + rows * 4
else {
  FileHandle.standardError.write(Data("usage: CalibrationBenchmark FILE ROWS CLASSES\n".utf8))
  exit(2)
}
let probabilities = bytes.prefix(rows * classes * 8).withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
let labels = Data(bytes.suffix(rows * 4)).withUnsafeBytes { Array($0.bindMemory(to: Int32.self)) }
let predictions = Predictions.classification(probabilities: probabilities, classes: classes, labels: labels)

func asked(_ name: String, _ settings: [String: Setting] = [:]) -> (column: String, measure: any Measure) {
  let part = measureRegistry[name]!
  var complete = Settings(settings)
  for setting in part.hyperparameters where complete[setting.name] == nil {
    complete[setting.name] = setting.defaultValue
  }
  return (
    ([name] + settings.sorted { $0.key < $1.key }.map(\.value.label)).joined(separator: " "),
    part.init(complete)
  )
}

/// CPU seconds and the values.
func timed(_ measures: [(column: String, measure: any Measure)]) -> (
  seconds: Double, values: [String: Double]
) {
  let start = clock()
  let found = values(of: measures, predictions)
  return (Double(clock() - start) / Double(CLOCKS_PER_SEC), found)
}

let shared = [5, 10, 15, 20, 25, 50, 100].flatMap { bins in
  ["ece", "mce"].flatMap { name in
    ["equal-width", "equal-mass"].map { asked(name, ["bins": .integer(bins), "binning": .text($0)]) }
  }
}
let all = measureRegistry.all.filter { $0.predictions == .classification }.map { part in
  // All pairs of a million rows are beyond any method.
  asked(part.name, part.name == "skce" ? ["pairs": .text("neighbours")] : [:])
}
let (same, everything) = (timed(shared), timed(all))
let report: [String: Any] = [
  "same": same.seconds, "all": everything.seconds, "measures": all.count, "values": same.values,
]
let text = try JSONSerialization.data(withJSONObject: report, options: [.sortedKeys])
FileHandle.standardOutput.write(text + Data("\n".utf8))
