import Environments
import Experiments
import Foundation
import Parts
import Randomness
import Testing

/// Fed with the same random numbers, our games and the published ones cannot be told apart.
@Suite struct MinAtarTests {
  private static let traces = try! String(
    contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("References/minatar.txt"), encoding: .utf8
  ).split(separator: "\n").map(String.init)

  @Test(arguments: traces.indices) func everyStepIsThePublishedOne(_ place: Int) throws {
    let words = Self.traces[place].split(separator: " ").map(String.init)
    let name = words[0].replacingOccurrences(of: "_", with: "-")
    let type = try #require(environmentRegistry[name])
    var settings = completeSettings(type)
    settings["sticky-actions"] = .number(Double(words[1])!)
    if type.hyperparameters.contains(where: { $0.name == "difficulty-ramping" }) {
      settings["difficulty-ramping"] = .flag(words[2] == "1")
    }
    let stream = RandomStream(seed: 11, role: "test", purpose: words[0])
    let episodes = type.init(settings).start(copies: 1, stream: stream, levels: .training)
    var total = 0.0
    for (step, word) in words.dropFirst(3).enumerated() {
      let parts = word.split(separator: ":")
      episodes.choices[0] = Int32(parts[0])!
      episodes.advance()
      let hasEnded = episodes.ends[0] != .goesOn
      let shown = hasEnded ? episodes.finalObservations : episodes.observations
      let ours =
        "\(parts[0]):\(Int(episodes.rewards[0])):\(hasEnded ? 1 : 0):"
        + hex(digest(UnsafeBufferPointer(start: shown, count: episodes.form.observationCount)))
      guard ours == word else {
        Issue.record("\(words[0]), step \(step): \(ours) instead of \(word)")
        return
      }
      total += Double(episodes.rewards[0])
    }
    #expect(total > 5, "a trace without rewards says little")
  }

  /// FNV-1a over the places that are on.
  private func digest(_ screen: UnsafeBufferPointer<Float>) -> UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    for place in screen.indices where screen[place] != 0 {
      for byte in [UInt32(place & 255), UInt32(place >> 8)] { hash = (hash ^ byte) &* 0x0100_0193 }
    }
    return hash
  }

  private func hex(_ value: UInt32) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: 8 - text.count) + text
  }
}
