/// Each row of the last axis over its root mean square, with its mean subtracted first or not:
/// y = (x − μ)/√(σ² + ε), or x/√(mean x² + ε).
struct Standardise: Operation {
  let isCentered: Bool
  let epsilon: Double

  var kind: String { "normalisation" }
  var reusableInput: Int? { 0 }

  func shape(_ inputs: [[Int]]) -> [Int] {
    precondition(inputs[0].last ?? 0 > 0, "a row without numbers has no mean")
    return inputs[0]
  }

  func gradients(_ node: Backward) -> [Tensor?] {
    let operation = StandardiseGradient(isCentered: isCentered, epsilon: epsilon)
    return [node.upstream.graph.tensor(operation, [node.upstream, node.inputs[0]])]
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int { 5 * output.product }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let width = site.shape.last!
    let rows = site.shape.product / width
    let (x, y) = (site.input(0), site.output)
    let (isCentered, epsilon) = (isCentered, Element(epsilon))
    return { memory in
      for i in 0..<rows {
        let (x, y) = (memory[x] + i * width, memory[y] + i * width)
        let (mean, factor) = moments(x, width, isCentered, epsilon)
        @inline(__always) func one(_ x: Element, _: Element) -> Element { (x - mean) * factor }
        @inline(__always)
        func eight(_ x: SIMD8<Element>, _: SIMD8<Element>) -> SIMD8<Element> { (x - mean) * factor }
        combine(x, x, into: y, count: width, one, eight)
      }
    }
  }
}

/// (g, x) ↦ r·(g − mean g − y·mean(g·y)) with y = (x − μ)·r and r = 1/√(σ² + ε); without the first mean where x is
/// not centred.
struct StandardiseGradient: CompositeOperation {
  let isCentered: Bool
  let epsilon: Double

  var kind: String { "normalisation" }
  var reusableInput: Int? { 0 }

  func shape(_ inputs: [[Int]]) -> [Int] { inputs[0] }

  func composition(_ inputs: [Tensor]) -> Tensor {
    let (g, x) = (inputs[0], inputs[1])
    func rowMean(_ x: Tensor) -> Tensor { mean(x, axes: [-1], keepingAxes: true) }
    let centered = isCentered ? x - rowMean(x) : x
    let root = squareRoot(rowMean(square(centered)) + epsilon)
    let y = centered / root
    let rest = isCentered ? g - rowMean(g) : g
    return (rest - y * rowMean(g * y)) / root
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int { 10 * output.product }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let width = site.shape.last!
    let rows = site.shape.product / width
    let (g, x, output) = (site.input(0), site.input(1), site.output)
    let (isCentered, epsilon, share) = (isCentered, Element(epsilon), 1 / Element(width))
    return { memory in
      for i in 0..<rows {
        let (g, x, output) = (memory[g] + i * width, memory[x] + i * width, memory[output] + i * width)
        let (mean, factor) = moments(x, width, isCentered, epsilon)
        let sumOfG = sum(g, count: width)
        // Σ g·(x − μ) = Σ g·x − μ·Σ g would cancel; the differences are taken first.
        let slope = sumOfProducts(g, x, minus: mean, count: width) * share * factor * factor
        let shift = isCentered ? sumOfG * share : 0
        @inline(__always) func one(_ g: Element, _ x: Element) -> Element {
          ((g - shift) - (x - mean) * slope) * factor
        }
        @inline(__always)
        func eight(_ g: SIMD8<Element>, _ x: SIMD8<Element>) -> SIMD8<Element> {
          ((g - shift) - (x - mean) * slope) * factor
        }
        combine(g, x, into: output, count: width, one, eight)
      }
    }
  }
}

/// The mean of a row (0 where it is not to be centred) and 1/√(mean square distance from it + ε).
@inline(__always)
private func moments<Element: Scalar>(
  _ x: UnsafePointer<Element>, _ width: Int, _ isCentered: Bool, _ epsilon: Element
) -> (mean: Element, factor: Element) {
  let share = 1 / Element(width)
  let mean = isCentered ? sum(x, count: width) * share : 0
  return (mean, 1 / (sumOfSquares(x, around: mean, count: width) * share + epsilon).squareRoot())
}

/// (x − mean)/√(variance + ε) of each row of the last axis.
func standardise(_ x: Tensor, epsilon: Double) -> Tensor {
  x.graph.tensor(Standardise(isCentered: true, epsilon: epsilon), [x])
}

/// x/√(mean x² + ε) of each row of the last axis.
func scaleToUnitMeanSquare(_ x: Tensor, epsilon: Double) -> Tensor {
  x.graph.tensor(Standardise(isCentered: false, epsilon: epsilon), [x])
}
