/// A graph compiled for one number type: a flat list of kernels over memory laid out in advance.
///
/// Only what the outputs need is computed; what depends on nothing but constants is computed once, here.
/// Elementwise operations that follow one another run as one loop, values are overwritten as soon as nothing needs
/// them, and gradients go straight to their place in the flat block. A run allocates nothing. A plan is used by
/// one thread.
package final class Plan<Element: Scalar> {
  /// The cost of one run by kind of operation, in order of first use; see `Operation.flops` for what is counted.
  package let flopsByKind: [(kind: String, flops: Int)]
  /// The derivatives asked for, one after another in order; the layout of the graph's flat block of parameters
  /// when they are those of its parameters.
  package let gradient: UnsafeMutableBufferPointer<Element>
  /// The bytes of memory the values of a run take.
  package let workingBytes: Int

  private let graph: Graph
  private let steps: [Kernel]
  private let memory: Memory
  private let slotOf: [Int: Int]
  private let parameterSlots: [(slot: Int, offset: Int)]
  private let storage: Storage
  private let parameterCount: Int
  private var currentParameters: UnsafePointer<Element>?

  /// - Parameters:
  ///   - outputs: tensors to read after a run.
  ///   - gradient: tensors to write one after another into `gradient`.
  package init(
    _ graph: Graph, outputs: [Tensor], indexOutputs: [IndexTensor] = [], gradient: [Tensor] = []
  ) {
    let compiled = Compilation<Element>(
      graph, outputs: outputs.map(\.index) + indexOutputs.map(\.index), gradient: gradient.map(\.index))
    self.graph = graph
    steps = compiled.steps
    memory = compiled.memory
    slotOf = compiled.slotOf
    parameterSlots = compiled.parameterSlots
    storage = compiled.storage
    flopsByKind = compiled.flops
    workingBytes = compiled.workingBytes
    self.gradient = compiled.gradient
    parameterCount = graph.parameterCount
  }

  /// Floating-point operations of one run.
  package var flops: Int { flopsByKind.reduce(0) { $0 + $1.flops } }

  /// Computes the outputs from the inputs as they were filled and a flat block of parameters.
  ///
  /// - Parameter parameters: `graph.parameterCount` numbers in order of declaration; may differ from run to run.
  package func run(parameters: UnsafePointer<Element>) {
    if parameters != currentParameters {
      currentParameters = parameters
      for (slot, offset) in parameterSlots {
        memory.addresses[slot] = UnsafeMutableRawPointer(mutating: parameters + offset)
      }
    }
    execute()
  }

  /// Computes the outputs of a graph without parameters.
  package func run() {
    precondition(parameterSlots.isEmpty, "the graph has parameters, which a run needs")
    execute()
  }

  private func execute() {
    // By index over a stored array: an iterator would retain it.
    for i in 0..<steps.count { steps[i](memory) }
  }

  /// The memory of an input, to be filled before a run, or of an output, to be read after one.
  package func buffer(_ tensor: Tensor) -> UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: memory[Slot<Element>(index: slot(tensor.index))], count: tensor.count)
  }

  /// The memory of whole numbers.
  package func buffer(_ tensor: IndexTensor) -> UnsafeMutableBufferPointer<Int32> {
    UnsafeMutableBufferPointer(start: memory[Slot<Int32>(index: slot(tensor.index))], count: tensor.count)
  }

  package func fill(_ tensor: Tensor, _ values: some Collection<Element>) {
    precondition(values.count == tensor.count, "\(values.count) values do not fill \(tensor.shape)")
    guard let slot = slotOf[tensor.index] else { return }
    _ = UnsafeMutableBufferPointer(start: memory[Slot<Element>(index: slot)], count: tensor.count)
      .update(fromContentsOf: values)
  }

  package func fill(_ tensor: IndexTensor, _ values: some Collection<Int32>) {
    precondition(values.count == tensor.count, "\(values.count) indices do not fill \(tensor.shape)")
    guard let slot = slotOf[tensor.index] else { return }
    _ = UnsafeMutableBufferPointer(start: memory[Slot<Int32>(index: slot)], count: tensor.count)
      .update(fromContentsOf: values)
  }

  /// The value of a scalar output.
  package subscript(_ tensor: Tensor) -> Element {
    precondition(tensor.count == 1, "a tensor of shape \(tensor.shape) is not one number")
    return buffer(tensor)[0]
  }

  /// The values of an output, row-major.
  package func values(_ tensor: Tensor) -> [Element] { Array(buffer(tensor)) }
  package func values(_ tensor: IndexTensor) -> [Int32] { Array(buffer(tensor)) }

  /// Whether the plan reads this input at all.
  package func uses(_ tensor: Tensor) -> Bool { slotOf[tensor.index] != nil }
  package func uses(_ tensor: IndexTensor) -> Bool { slotOf[tensor.index] != nil }

  private func slot(_ index: Int) -> Int {
    guard let slot = slotOf[index] else {
      preconditionFailure("the tensor is neither an input the plan reads nor one of its outputs")
    }
    return slot
  }
}
