/// A loop over up to three operands of equal length: destination, operands, count. What an operation does not
/// have is passed as its first operand.
typealias Loop<Element> = (
  UnsafeMutablePointer<Element>, UnsafePointer<Element>, UnsafePointer<Element>, UnsafePointer<Element>, Int
) -> Void

/// An operation that computes each element of its result from the elements at the same place of its operands,
/// which are broadcast. Plans join such operations and run them over short blocks.
protocol ElementwiseOperation: Operation {
  /// The derivatives in the shape of the output; sums over broadcast dimensions are added by the caller.
  ///
  /// - Parameters:
  ///   - g: the derivative with respect to the output `y`.
  ///   - x: the operands.
  func derivatives(_ g: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?]

  func loop<Element: Scalar>() -> Loop<Element>
  func singleLoop() -> Loop<Float>
  func doubleLoop() -> Loop<Double>
}

extension ElementwiseOperation {
  func singleLoop() -> Loop<Float> { loop() }
  func doubleLoop() -> Loop<Double> { loop() }

  func shape(_ inputs: [[Int]]) -> [Int] { broadcastShape(inputs) }

  func gradients(_ node: Backward) -> [Tensor?] {
    let parts = derivatives(node.upstream, node.inputs, node.output)
    return zip(node.inputs, parts).map { input, part in part.map { sumToShape($0, input.shape) } }
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    preconditionFailure("elementwise operations are run by the plan in joined loops")
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int { output.product }
}

/// A loop with one operand.
@inline(__always)
func unary<Element: Scalar>(_ function: @escaping (Element) -> Element) -> Loop<Element> {
  { destination, a, _, _, count in
    for i in 0..<count { destination[i] = function(a[i]) }
  }
}

/// A loop with two operands.
@inline(__always)
func binary<Element: Scalar>(_ function: @escaping (Element, Element) -> Element) -> Loop<Element> {
  { destination, a, b, _, count in
    for i in 0..<count { destination[i] = function(a[i], b[i]) }
  }
}
