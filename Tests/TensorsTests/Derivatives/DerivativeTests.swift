import Foundation
import Tensors
import Testing

@Suite struct DerivativeTests {
  /// First and second derivatives in double precision against central differences, and single precision against
  /// double.
  @Test(arguments: DerivativeCase.all)
  func derivativesMatchDifferences(testCase: DerivativeCase) {
    let derivation = testCase.derivation()
    let plan = Plan<Double>(
      derivation.graph, outputs: [derivation.value, derivation.slope] + derivation.second,
      gradient: derivation.first)
    var point = testCase.point
    func evaluate() -> (value: Double, slope: Double) {
      plan.run(parameters: point)
      return (plan[derivation.value], plan[derivation.slope])
    }
    _ = evaluate()
    let first = Array(plan.gradient)
    let second = derivation.second.flatMap { plan.values($0) }
    let scale = (first: size(first), second: size(second))
    let step = 1.0 / 65536
    for i in point.indices {
      let x = point[i]
      point[i] = x + step
      let high = evaluate()
      point[i] = x - step
      let low = evaluate()
      point[i] = x
      let differences = ((high.value - low.value) / (2 * step), (high.slope - low.slope) / (2 * step))
      #expect(abs(first[i] - differences.0) < 2e-7 * scale.first, "first derivative \(i)")
      #expect(abs(second[i] - differences.1) < 2e-7 * scale.second, "second derivative \(i)")
    }

    let single = Plan<Float>(derivation.graph, outputs: [derivation.value], gradient: derivation.first)
    let doubled = Plan<Double>(derivation.graph, outputs: [derivation.value], gradient: derivation.first)
    let rounded = point.map { Float($0) }
    single.run(parameters: rounded)
    doubled.run(parameters: rounded.map { Double($0) })
    let tolerance = testCase.singleTolerance
    #expect(abs(Double(single[derivation.value]) - doubled[derivation.value]) < tolerance * 10)
    for (a, b) in zip(single.gradient, doubled.gradient) {
      #expect(abs(Double(a) - b) < tolerance * size(Array(doubled.gradient)))
    }
  }

  /// Every operation declared in the sources occurs in some case; only those without a derivative need not.
  @Test func everyOperationIsChecked() throws {
    let checked = DerivativeCase.all.reduce(into: Set<String>()) {
      $0.formUnion($1.derivation().graph.operationNames)
    }
    let missing = try Self.declaredOperations().subtracting(checked)
    #expect(missing.isEmpty, "operations without a derivative check: \(missing.sorted())")
  }

  private func size(_ values: [Double]) -> Double { 1 + (values.map(\.magnitude).max() ?? 0) }

  /// The operations with a derivative, read from their declarations.
  private static func declaredOperations() throws -> Set<String> {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/Tensors")
    let files = FileManager.default.enumerator(atPath: sources.path)!
    var result: Set<String> = []
    for case let file as String in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
      var openEnum: String?
      for line in text.split(separator: "\n") {
        let declaration = /^(struct|enum) (\w+): ([\w, ]+)\{/
        if let match = line.firstMatch(of: declaration) {
          let adopted = match.3.split { $0 == "," || $0 == " " }
          openEnum = nil
          let isOperation = adopted.contains {
            ["Operation", "ElementwiseOperation", "PassThrough"].contains($0)
          }
          guard isOperation, !adopted.contains("WithoutGradient") else { continue }
          if match.1 == "enum" { openEnum = String(match.2) } else { result.insert(String(match.2)) }
        } else if let name = openEnum, let match = line.firstMatch(of: /^  case (\w.*)/) {
          for part in match.1.split(separator: ",") {
            if let word = part.firstMatch(of: /^ *(\w+)/) { result.insert("\(name).\(word.1)") }
          }
        } else if line.hasPrefix("  func") || line.hasPrefix("}") {
          openEnum = nil
        }
      }
    }
    #expect(result.count > 10, "the declarations were not found")
    return result
  }
}
