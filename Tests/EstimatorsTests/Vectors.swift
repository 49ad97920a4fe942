import Foundation
import Tensors
import Testing

/// Vectors that a script in `References` recorded: lines of a label, rows × columns, and numbers.
struct Vectors {
  private var matrices: [String: Matrix] = [:]

  /// - Parameter name: the file's name in `References` without `.txt`.
  init(_ name: String) {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("References/\(name).txt")
    for line in try! String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ")
      matrices[String(words[0])] = Matrix(
        rows: Int(words[1])!, columns: Int(words[2])!, values: words.dropFirst(3).map { Double($0)! })
    }
  }

  subscript(label: String) -> Matrix {
    guard let matrix = matrices[label] else { preconditionFailure("no vector '\(label)' was recorded") }
    return matrix
  }
}

/// Expects numbers to agree with recorded ones within `tolerance`, relative to the largest of them.
func expectClose(
  _ values: [Double], _ expected: [Double], _ tolerance: Double, _ label: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(values.count == expected.count, "\(label)", sourceLocation: sourceLocation)
  let size = expected.reduce(1e-300) { max($0, abs($1)) }
  for (place, (value, reference)) in zip(values, expected).enumerated()
  where !(abs(value - reference) <= tolerance * size) {
    Issue.record("\(label) \(place): \(value) against \(reference)", sourceLocation: sourceLocation)
    return
  }
}
