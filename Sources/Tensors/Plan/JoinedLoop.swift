/// Several elementwise operations run together over blocks short enough to stay in the first-level cache.
///
/// What passes between them never reaches the plan's memory. Operands that are repeated are written out block by
/// block, and only once where a block holds whole repetitions.
struct JoinedLoop<Element: Scalar> {
  /// One operation over one block; the numbers are places in the table of pointers.
  struct Instruction {
    let loop: Loop<Element>
    let operands: [Int]
  }

  /// An operand from the plan's memory, or a known number.
  enum Source {
    case memory(Slot<Element>, Walk)
    case constant(Element)
  }

  let sources: [Source]
  /// Operand numbers below `sources.count` are sources, the others results of earlier instructions, in order.
  let instructions: [Instruction]
  let count: Int

  /// How a source's elements come into a block.
  private enum Reading {
    /// Read in place.
    case full
    /// Written out once per run.
    case once
    /// Read in place, with rows longer than a block.
    case row
    /// Written out for each block.
    case each
    /// Written out when the plan is made.
    case never
  }

  private static var longestBlock: Int { 512 }

  func kernel(_ site: Site<Element>) -> Kernel {
    let walks = sources.map { source -> Walk? in
      if case .memory(_, let walk) = source { walk } else { nil }
    }
    let period = walks.compactMap { $0?.period }.max() ?? 1
    let longest = Self.longestBlock
    let block = period <= longest ? longest / period * period : longest
    let rowLength = period <= longest ? count : period
    let readings = walks.map { walk -> Reading in
      guard let walk else { return .never }
      if walk.isFull && walk.sizes.reduce(1, *) == count { return .full }
      if walk.isScalar { return .once }
      if walk.period == period { return period <= longest ? .once : .row }
      return .each
    }

    // Registers: one for each source that is written out, then results, reused when no longer needed.
    var registers = 0
    var register = [Int](repeating: -1, count: sources.count + instructions.count)
    for i in sources.indices where [.once, .each].contains(readings[i]) {
      register[i] = registers
      registers += 1
    }
    var lastUse = [Int](repeating: 0, count: register.count)
    for (i, instruction) in instructions.enumerated() { for o in instruction.operands { lastUse[o] = i } }
    var free: [Int] = []
    for (i, instruction) in instructions.enumerated() {
      if let reused = free.popLast() {
        register[sources.count + i] = reused
      } else {
        register[sources.count + i] = registers
        registers += 1
      }
      for operand in Set(instruction.operands) where operand >= sources.count && lastUse[operand] == i {
        free.append(register[operand])
      }
      free.sort(by: >)
    }

    let constants = sources.map { source -> UnsafeMutablePointer<Element>? in
      guard case .constant(let value) = source else { return nil }
      return site.table([Element](repeating: value, count: min(block, count)))
    }
    let inputs = site.table(
      sources.indices.map { i -> Input in
        switch sources[i] {
        case .memory(let slot, let walk):
          Input(
            slot: slot, reading: readings[i], register: register[i],
            expansion: readings[i] == .full || readings[i] == .row ? nil : Expansion(walk, site))
        case .constant:
          Input(slot: Slot(index: 0), reading: .never, register: -1, expansion: nil)
        }
      })
    let pointers = site.table(
      (0..<register.count).map { i in i < sources.count ? constants[i] ?? site.table([]) : site.table([]) })
    let steps = site.table(
      instructions.map { step in
        Step(
          loop: step.loop, a: step.operands[0], b: step.operands[min(1, step.operands.count - 1)],
          c: step.operands[min(2, step.operands.count - 1)])
      })
    let places = site.table(register)
    let scratch = site.scratch(registers * block)
    let output = site.output
    let (sourceCount, stepCount, total) = (sources.count, instructions.count, count)

    return { memory in
      let room = memory[scratch]
      let destination = memory[output]
      var isDirect = true
      for i in 0..<sourceCount {
        let input = inputs + i
        switch input.pointee.reading {
        case .never: break
        case .full, .row: if memory[input.pointee.slot] == destination { isDirect = false }
        case .once, .each:
          pointers[i] = room + places[i] * block
          if input.pointee.reading == .once {
            input.pointee.expansion.unsafelyUnwrapped.write(
              memory[input.pointee.slot], from: 0, count: min(block, total), into: pointers[i])
          }
        }
      }
      for i in 0..<stepCount { pointers[sourceCount + i] = room + places[sourceCount + i] * block }

      var start = 0
      while start < total {
        var length = min(block, total - start)
        if rowLength != total { length = min(length, rowLength - start % rowLength) }
        for i in 0..<sourceCount {
          let input = inputs + i
          switch input.pointee.reading {
          case .never, .once: break
          case .full: pointers[i] = memory[input.pointee.slot] + start
          case .row: pointers[i] = memory[input.pointee.slot] + start % rowLength
          case .each:
            input.pointee.expansion.unsafelyUnwrapped.write(
              memory[input.pointee.slot], from: start, count: length, into: pointers[i])
          }
        }
        // The last result goes to its place, unless an operand lies there: exact overlap keeps loops from
        // vectorising.
        if isDirect { pointers[sourceCount + stepCount - 1] = destination + start }
        for i in 0..<stepCount {
          let step = steps + i
          step.pointee.loop(
            pointers[sourceCount + i], pointers[step.pointee.a], pointers[step.pointee.b],
            pointers[step.pointee.c], length)
        }
        if !isDirect {
          (destination + start).update(from: pointers[sourceCount + stepCount - 1], count: length)
        }
        start += length
      }
    }
  }

  private struct Input {
    let slot: Slot<Element>
    let reading: Reading
    let register: Int
    let expansion: Expansion<Element>?
  }

  private struct Step {
    let loop: Loop<Element>
    let a: Int
    let b: Int
    let c: Int
  }
}
