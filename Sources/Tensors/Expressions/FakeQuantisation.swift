/// `x` as it would be after rounding to whole multiples of a step and back.
///
/// The rounding is passed by derivatives unchanged (straight through), so those with respect to `step` and
/// `zeroPoint` are the learned step size quantisation's (Esser et al. 2020); outside the levels the derivative with
/// respect to x is 0.
///
/// - Parameters:
///   - step: the distance of levels, broadcast over x.
///   - zeroPoint: the level of 0, broadcast over x; nil for 0.
///   - levels: the lowest and highest level, such as −8 … 7 for four bits.
package func fakeQuantised(_ x: Tensor, step: Tensor, zeroPoint: Tensor? = nil, levels: ClosedRange<Int>)
  -> Tensor
{
  func straightRounded(_ x: Tensor) -> Tensor { straightThrough(rounded(x), to: x) }
  let zero = zeroPoint.map(straightRounded)
  let scaled = x / step
  let shifted = zero.map { scaled + $0 } ?? scaled
  let level = straightRounded(clip(shifted, Double(levels.lowerBound), Double(levels.upperBound)))
  return (zero.map { level - $0 } ?? level) * step
}
