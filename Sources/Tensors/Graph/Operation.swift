/// A kind of node: its shape rule, its derivative rule and its kernel, side by side.
///
/// Operations with the same fields are equal, which is what lets a graph compute equal values once.
protocol Operation: Hashable, Sendable {
  /// The shape of the result; wrong operands are a precondition failure that names them.
  func shape(_ inputs: [[Int]]) -> [Int]

  /// The derivative of a scalar with respect to each input, given that with respect to the output; nil where
  /// there is none. Built from ordinary nodes, so it can be differentiated again.
  func gradients(_ node: Backward) -> [Tensor?]

  /// The code that computes the result.
  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel
  func kernel(single site: Site<Float>) -> Kernel
  func kernel(double site: Site<Double>) -> Kernel

  /// Floating-point operations of one evaluation. An elementwise function counts 1 an element, a product with
  /// its sum 2; moving numbers costs none.
  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int

  /// What its floating-point operations are counted under.
  var kind: String { get }

  /// Whether the result is whole numbers.
  var givesIndices: Bool { get }

  /// Where the result lies in the first input when it is a part or all of it, in elements from its start; such
  /// a node costs nothing. Nil when it is computed.
  func viewOffset(_ inputs: [[Int]]) -> Int?

  /// The input whose memory the result may take over when nothing else needs it any more.
  var reusableInput: Int? { get }
}

/// What a derivative rule sees.
struct Backward {
  /// The derivative with respect to the output; the output's shape.
  let upstream: Tensor
  let inputs: [Tensor]
  let output: Tensor
}

extension Operation {
  // Specialised for every operation where the protocol is adopted, so that kernels are written once, generically,
  // and run as concrete code.
  func kernel(single site: Site<Float>) -> Kernel { kernel(site) }
  func kernel(double site: Site<Double>) -> Kernel { kernel(site) }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int { 0 }
  var kind: String { "elementwise" }
  var givesIndices: Bool { false }
  func viewOffset(_ inputs: [[Int]]) -> Int? { nil }
  var reusableInput: Int? { nil }
}

/// An operation that only says where numbers come from; the plan provides them.
protocol Leaf: Operation {
  var dimensions: [Int] { get }
}

extension Leaf {
  func shape(_ inputs: [[Int]]) -> [Int] { dimensions }
  func gradients(_ node: Backward) -> [Tensor?] { [] }
  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    preconditionFailure("a leaf has no kernel")
  }
}

struct Input: Leaf {
  let name: String
  let dimensions: [Int]
  /// Keeps inputs of equal name and shape apart.
  let number: Int
}

struct IndexInput: Leaf {
  let name: String
  let dimensions: [Int]
  let number: Int
  var givesIndices: Bool { true }
}

struct Parameter: Leaf {
  let name: String
  let dimensions: [Int]
  let offset: Int
}

struct Constant: Leaf {
  let value: Double
  let dimensions: [Int]
}

struct ConstantTable: Leaf {
  let values: [Double]
  let dimensions: [Int]
}

struct IndexTable: Leaf {
  let values: [Int32]
  let dimensions: [Int]
  var givesIndices: Bool { true }
}

/// An operation that passes its input through: same shape, same memory.
protocol PassThrough: Operation {}

extension PassThrough {
  func shape(_ inputs: [[Int]]) -> [Int] { inputs[0] }
  func viewOffset(_ inputs: [[Int]]) -> Int? { 0 }
  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    preconditionFailure("a view has no kernel")
  }
}

/// An operation that is a view of its input or gives whole numbers, so that no derivative passes.
protocol WithoutGradient: Operation {}

extension WithoutGradient {
  func gradients(_ node: Backward) -> [Tensor?] { node.inputs.map { _ in nil } }
}
