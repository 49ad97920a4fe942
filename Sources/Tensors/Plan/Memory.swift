/// The compiled form of one node: reads and writes through the plan's table of addresses.
typealias Kernel = (Memory) -> Void

/// Where every value of a plan lies while it runs.
struct Memory {
  let addresses: UnsafeMutablePointer<UnsafeMutableRawPointer>

  @inline(__always)
  subscript<Number>(_ slot: Slot<Number>) -> UnsafeMutablePointer<Number> {
    addresses[slot.index].assumingMemoryBound(to: Number.self)
  }
}

/// The place of one value in the table of addresses.
struct Slot<Number> {
  let index: Int
}

/// Blocks of memory that live as long as their owner, at addresses divisible by 64.
final class Storage {
  private var blocks: [UnsafeMutableRawPointer] = []

  /// Room for `bytes`, all zero.
  func allocate(bytes: Int) -> UnsafeMutableRawPointer {
    let size = max(bytes, 64)
    let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
    block.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    blocks.append(block)
    return block
  }

  /// Room for `count` zeros.
  func allocate<Number>(_ count: Int, of type: Number.Type = Number.self) -> UnsafeMutablePointer<Number> {
    allocate(bytes: count * MemoryLayout<Number>.stride).bindMemory(to: type, capacity: max(count, 1))
  }

  deinit { for block in blocks { block.deallocate() } }
}

/// What a kernel is built from: shapes, the places of its operands and result, and memory of its own.
final class Site<Element: Scalar> {
  let inputShapes: [[Int]]
  let shape: [Int]
  private let inputSlots: [Int]
  private let outputSlot: Int
  private let scratchSlot: Int
  private let storage: Storage
  /// The room all steps share for what does not outlive a step, in bytes, as far as it was asked for here.
  private(set) var scratchBytes = 0

  init(
    inputShapes: [[Int]], shape: [Int], inputSlots: [Int], outputSlot: Int, scratchSlot: Int, storage: Storage
  ) {
    self.inputShapes = inputShapes
    self.shape = shape
    self.inputSlots = inputSlots
    self.outputSlot = outputSlot
    self.scratchSlot = scratchSlot
    self.storage = storage
  }

  func input(_ number: Int) -> Slot<Element> { Slot(index: inputSlots[number]) }
  func indices(_ number: Int) -> Slot<Int32> { Slot(index: inputSlots[number]) }
  var output: Slot<Element> { Slot(index: outputSlot) }
  var indexOutput: Slot<Int32> { Slot(index: outputSlot) }

  /// Room for `count` numbers whose content is undefined at the start of each run of the kernel.
  func scratch(_ count: Int) -> Slot<Element> {
    precondition(scratchBytes == 0, "a kernel asks for scratch once")
    scratchBytes = count * MemoryLayout<Element>.stride
    return Slot(index: scratchSlot)
  }

  /// A table that lives as long as the plan.
  func table<Number>(_ values: [Number]) -> UnsafeMutablePointer<Number> {
    let block = storage.allocate(values.count, of: Number.self)
    for (i, value) in values.enumerated() { (block + i).initialize(to: value) }
    return block
  }
}
