/// Generalised advantage estimation (Schulman et al., ICLR 2016, eq. 16), backwards in time; targets are advantages plus
/// values, which with λ = 1 are the whole discounted returns.
///
/// All arrays are horizon × copies, but `last`.
///
/// - Parameters:
///   - ends: 1 where the episode was over after the step, else 0.
///   - afterwards: where it was over, the value of what would have come: 0 where it terminated.
///   - last: the values of the states after the last step, one a copy.
///   - decay: the discount times λ.
package func estimateAdvantages(
  rewards: UnsafePointer<Float>, values: UnsafePointer<Float>, ends: UnsafePointer<Float>,
  afterwards: UnsafePointer<Float>, last: UnsafePointer<Float>, copies: Int, horizon: Int, discount: Float,
  decay: Float, advantages: UnsafeMutablePointer<Float>, targets: UnsafeMutablePointer<Float>
) {
  for i in 0..<copies {
    var advantage: Float = 0
    var next = last[i]
    for t in (0..<horizon).reversed() {
      let row = t * copies + i
      let goesOn = 1 - ends[row]
      let following = goesOn * next + afterwards[row]
      let surprise = rewards[row] + discount * following - values[row]
      advantage = surprise + decay * goesOn * advantage
      advantages[row] = advantage
      targets[row] = advantage + values[row]
      next = values[row]
    }
  }
}
