// numerics-benchmark TASK ROUND DATA-FOLDER [--profile]: runs one task once and prints one line of JSON, which the
// driver in studies/benchmarks/numerics collects.

let arguments = CommandLine.arguments
guard arguments.count >= 4, let round = Int(arguments[2]) else {
  fatalError("usage: \(arguments[0]) TASK ROUND DATA-FOLDER [--profile]")
}
let (name, folder, profile) = (arguments[1], arguments[3], arguments.contains("--profile"))
if let task = NetworkTask.all[name] {
  print(try task.run(folder: folder, profile: profile).line(task: name, round: round))
} else {
  fatalError("there is no task '\(name)'")
}
