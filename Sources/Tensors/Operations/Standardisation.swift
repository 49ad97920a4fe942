/// Each row of the last axis over its root mean square, with its mean subtracted first or not:
/// y = (x − μ)·r with r = 1/√(σ² + ε), or x·r with r = 1/√(mean x² + ε). The result is all of y, then each row's r, which
/// the derivative needs again.
struct Standardise: CompositeOperation {
  let isCentered: Bool
  let epsilon: Double

  var kind: String { "normalisation" }

  func shape(_ inputs: [[Int]]) -> [Int] {
    precondition(inputs[0].last ?? 0 > 0, "a row without numbers has no mean")
    return [inputs[0].product + inputs[0].dropLast().reduce(1, *)]
  }

  func composition(_ inputs: [Tensor]) -> Tensor {
    let x = inputs[0]
    let centered = isCentered ? x - rowMean(x) : x
    let factor = 1 / squareRoot(rowMean(square(centered)) + epsilon)
    return concatenate([reshape(centered * factor, [x.count]), reshape(factor, [factor.count])], axis: 0)
  }

  func gradients(_ node: Backward) -> [Tensor?] {
    // The usual case: only y is used, so that the rest of the derivative is padding.
    guard let padding = node.upstream.operation as? Pad, padding.before == 0,
      padding.after == node.output.count - node.inputs[0].count
    else { return differentiate(node.inputs, upstream: node.upstream, composition) }
    let g = reshape(node.upstream.inputs[0], node.inputs[0].shape)
    return [g.graph.tensor(StandardiseGradient(isCentered: isCentered), [g, node.output])]
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int { 5 * inputs[0].product }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let count = site.inputShapes[0].product
    let width = site.inputShapes[0].last!
    let rows = count / width
    let (x, y) = (site.input(0), site.output)
    let (isCentered, epsilon, share) = (isCentered, Element(epsilon), 1 / Element(width))
    return { memory in
      let factors = memory[y] + count
      for i in 0..<rows {
        let (x, y) = (memory[x] + i * width, memory[y] + i * width)
        let mean = isCentered ? sum(x, count: width) * share : 0
        let factor = 1 / (sumOfSquares(x, around: mean, count: width) * share + epsilon).squareRoot()
        @inline(__always) func one(_ x: Element, _: Element) -> Element { (x - mean) * factor }
        @inline(__always)
        func eight(_ x: SIMD8<Element>, _: SIMD8<Element>) -> SIMD8<Element> { (x - mean) * factor }
        combine(x, x, into: y, count: width, one, eight)
        factors[i] = factor
      }
    }
  }
}

/// (g, results) ↦ r·(g − mean g − y·mean(g·y)); without the first mean where x is not centred.
struct StandardiseGradient: CompositeOperation {
  let isCentered: Bool

  var kind: String { "normalisation" }
  var reusableInput: Int? { 0 }

  func shape(_ inputs: [[Int]]) -> [Int] { inputs[0] }

  func composition(_ inputs: [Tensor]) -> Tensor {
    let (g, results) = (inputs[0], inputs[1])
    let y = reshape(slice(results, axis: 0, 0..<g.count), g.shape)
    let factor = reshape(slice(results, axis: 0, g.count..<results.count), g.shape.dropLast() + [1])
    return ((isCentered ? g - rowMean(g) : g) - y * rowMean(g * y)) * factor
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int { 7 * output.product }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let count = site.shape.product
    let width = site.shape.last!
    let rows = count / width
    let (g, y, output) = (site.input(0), site.input(1), site.output)
    let (isCentered, share) = (isCentered, 1 / Element(width))
    return { memory in
      let factors = memory[y] + count
      for i in 0..<rows {
        let (g, y, output) = (memory[g] + i * width, memory[y] + i * width, memory[output] + i * width)
        let factor = factors[i]
        let shift = isCentered ? sum(g, count: width) * share : 0
        let slope = sumOfProducts(g, y, count: width) * share
        @inline(__always) func one(_ g: Element, _ y: Element) -> Element {
          ((g - shift) - y * slope) * factor
        }
        @inline(__always)
        func eight(_ g: SIMD8<Element>, _ y: SIMD8<Element>) -> SIMD8<Element> {
          ((g - shift) - y * slope) * factor
        }
        combine(g, y, into: output, count: width, one, eight)
      }
    }
  }
}

private func rowMean(_ x: Tensor) -> Tensor { mean(x, axes: [-1], keepingAxes: true) }

/// (x − mean)/√(variance + ε) of each row of the last axis.
func standardise(_ x: Tensor, epsilon: Double) -> Tensor {
  standardised(x, Standardise(isCentered: true, epsilon: epsilon))
}

/// x/√(mean x² + ε) of each row of the last axis.
func scaleToUnitMeanSquare(_ x: Tensor, epsilon: Double) -> Tensor {
  standardised(x, Standardise(isCentered: false, epsilon: epsilon))
}

private func standardised(_ x: Tensor, _ operation: Standardise) -> Tensor {
  reshape(slice(x.graph.tensor(operation, [x]), axis: 0, 0..<x.count), x.shape)
}
