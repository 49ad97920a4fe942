import Experiments
@preconcurrency import Glibc

/// What the probe's procedures throw.
struct Refusal: Error, CustomStringConvertible {
  let description: String
}

/// A procedure that does what its name says.
func run(_ specification: TrialSpecification) throws -> Outcome {
  let number = specification.settings["number"]?.number ?? 0
  var measures = ["number": number]
  switch specification.procedure {
  case "echo": break
  case "print": print("printed")
  case "pid": measures["pid"] = Double(getpid())
  case "sleep": usleep(UInt32(number * 1e6))
  case "spin":
    let end = clock() + Int(number * Double(CLOCKS_PER_SEC))
    while clock() < end {}
  case "allocate":
    let memory = UnsafeMutableRawPointer.allocate(byteCount: Int(number), alignment: 4096)
    memset(memory, 1, Int(number))
    memory.deallocate()
  case "grow":
    // Eight mebibytes at a time, each page touched, until somebody ends it.
    while true { memset(UnsafeMutableRawPointer.allocate(byteCount: 8 << 20, alignment: 4096), 1, 8 << 20) }
  case "mute":
    // Standard output is the same stream by now.
    close(STDOUT_FILENO)
    close(STDERR_FILENO)
  case "fail":
    fputs("about to refuse\n", stderr)
    throw Refusal(description: "refused")
  case "crash":
    fputs("about to crash\n", stderr)
    fatalError("crashed on demand")
  case "exit": exit(3)
  case "garbage": for descriptor in Int32(3)..<20 { _ = write(descriptor, "no message\n", 11) }
  case "chatter", "chatter-and-fail":
    for line in 0..<20_000 { fputs("line \(line)\n", stderr) }
    if specification.procedure == "chatter-and-fail" { throw Refusal(description: "refused") }
  case "hang": while true { pause() }
  case "hang-with-child":
    var child: pid_t = 0
    var arguments = [strdup("sleep"), strdup("1000"), nil]
    posix_spawn(&child, "/bin/sleep", nil, nil, &arguments, environ)
    let file = fopen(specification.settings.text("file"), "w")
    fputs("\(getpid()) \(child)\n", file)
    fclose(file)
    while true { pause() }
  default: throw Refusal(description: "no procedure '\(specification.procedure)'")
  }
  return Outcome(status: .finished, measures: measures, curves: [], cost: CountedCost(examples: 1, flops: 2))
}
