import Foundation

/// The vectors a script recorded in `References`: a label and numbers on each line.
func recordedVectors(_ name: String) -> [String: [Double]] {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("References/\(name)")
  var vectors: [String: [Double]] = [:]
  for line in try! String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
    let words = line.split(separator: " ")
    vectors[String(words[0])] = words.dropFirst().map { Double($0)! }
  }
  return vectors
}
