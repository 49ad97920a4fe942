import CFuzzer
import Fuzzing

/// Feeds libFuzzer's inputs to the reader and the printer of studies; it stops at the first that ends badly.
@main
enum Fuzzer {
  static func main() {
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    _ = LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
      if let fault = Fuzzing.fault(Array(UnsafeBufferPointer(start: bytes, count: count))) {
        fatalError(fault)
      }
      return 0
    }
  }
}
