import Randomness

/// Draws uniformly from a few levels, several at a time from one random word.
///
/// A word is a binary fraction; multiplied by n again and again its whole parts are independent digits of base n. They
/// are exactly uniform once words whose last remainder falls below 2³² mod nᵏ are thrown away (Lemire 2019, "Fast
/// random integer generation in an interval", of all k digits together).
struct LevelSampler: Sendable {
  private let count: UInt64
  private let digits: Int
  private let power: UInt64
  private let threshold: UInt64

  init(count: Int) {
    precondition(count > 0 && count <= Int(UInt32.max), "between one level and 2³² − 1")
    self.count = UInt64(count)
    var power = self.count
    var digits = 1
    while count > 1, power * self.count <= 1 << 32 {
      power *= self.count
      digits += 1
    }
    self.power = power
    self.digits = digits
    threshold = (1 << 32) % power
  }

  /// Calls `body` with `number` independent levels, from 0.
  @inline(__always)
  func draw(_ number: Int, _ stream: inout RandomStream, _ body: (Int) -> Void) {
    var left = number
    while left > 0 {
      var fraction = UInt64(stream.nextWord())
      if (fraction &* power) & 0xFFFF_FFFF < threshold { continue }
      for _ in 0..<min(left, digits) {
        let product = fraction &* count
        body(Int(product >> 32))
        fraction = product & 0xFFFF_FFFF
      }
      left -= digits
    }
  }
}
