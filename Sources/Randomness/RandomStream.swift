/// A stream of random numbers named by what it is for; there is no other source of randomness.
///
/// The stream is a pure function of its name (seed, role, purpose, index), so results do not depend on the order of
/// execution or on the number of workers. Seed and index fill the Philox counter, role and purpose its key: streams
/// of different seeds or indices can never meet. Each stream holds 2³² blocks of four words.
package struct RandomStream: RandomNumberGenerator, BitwiseCopyable, Sendable {
  // In an order without gaps, so that equal streams have equal bytes.
  private var words = SIMD4<UInt32>()
  private let key: SIMD2<UInt32>
  private let seed: UInt64
  private var index: UInt32
  private var blockNumber: UInt32 = 0
  private var used = 4
  /// NaN for none.
  private var spareNormal = Double.nan

  /// - Parameters:
  ///   - seed: the author's seed, or a digest where one is derived.
  ///   - role: the pool the seed belongs to, such as `tuning` or `evaluation`.
  ///   - purpose: what the numbers decide, such as `initial-weights`.
  ///   - index: one of many alike, such as the epoch.
  package init(seed: UInt64, role: String, purpose: String, index: Int = 0) {
    self.seed = seed
    self.index = UInt32(truncatingIfNeeded: index)
    let hash = Self.hash("\(role)/\(purpose)")
    key = SIMD2(UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash >> 32))
  }

  /// The stream of the same seed, role and purpose with another index, from its start; quicker than by name.
  package func indexed(_ index: Int) -> RandomStream {
    var stream = self
    stream.index = UInt32(truncatingIfNeeded: index)
    stream.blockNumber = 0
    stream.used = 4
    stream.spareNormal = .nan
    stream.words = SIMD4()
    return stream
  }

  /// The next 32 random bits.
  package mutating func nextWord() -> UInt32 {
    if used == 4 {
      words = Philox.block(
        counter: SIMD4(
          blockNumber, index, UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)),
        key: key)
      blockNumber &+= 1
      used = 0
    }
    defer { used += 1 }
    return words[used]
  }

  package mutating func next() -> UInt64 {
    let low = UInt64(nextWord())
    return low | UInt64(nextWord()) << 32
  }

  /// A number in [0, 1) with 53 random bits.
  package mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number in [0, 1) with 24 random bits.
  package mutating func uniformFloat() -> Float {
    Float(nextWord() >> 8) * 0x1p-24
  }

  /// A whole number in 0 ..< `bound`, without bias (Lemire's multiplication with rejection).
  package mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0 && bound <= Int(UInt32.max), "bound must lie in 1 ... 2³²−1")
    let range = UInt64(bound)
    let threshold = (0x1_0000_0000 - range) % range
    while true {
      let product = UInt64(nextWord()) * range
      if product & 0xFFFF_FFFF >= threshold { return Int(product >> 32) }
    }
  }

  /// A permutation of 0 ..< `count` (Fisher–Yates).
  package mutating func permutation(_ count: Int) -> [Int32] {
    var order = Array(0..<Int32(count))
    var last = count - 1
    while last > 0 {
      order.swapAt(last, below(last + 1))
      last -= 1
    }
    return order
  }

  /// A standard normal number (Marsaglia's polar method; uses only `log` and `squareRoot`).
  package mutating func normal() -> Double {
    if !spareNormal.isNaN {
      defer { spareNormal = .nan }
      return spareNormal
    }
    while true {
      let u = 2 * uniform() - 1
      let v = 2 * uniform() - 1
      let s = u * u + v * v
      guard s > 0, s < 1 else { continue }
      let factor = (-2 * naturalLogarithm(s) / s).squareRoot()
      spareNormal = v * factor
      return u * factor
    }
  }

  /// FNV-1a over the UTF-8 bytes, finished with SplitMix64's mixer.
  private static func hash(_ text: String) -> UInt64 {
    var h: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { h = (h ^ UInt64(byte)) &* 0x100_0000_01B3 }
    h = (h ^ (h >> 30)) &* 0xBF58_476D_1CE4_E5B9
    h = (h ^ (h >> 27)) &* 0x94D0_49BB_1331_11EB
    return h ^ (h >> 31)
  }
}
