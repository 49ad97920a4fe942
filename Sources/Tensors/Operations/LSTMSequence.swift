/// The recurrence of a long short-term memory (see `lstm`) from a state of zeros, all steps in one kernel.
///
/// (mapped inputs, state weights) ↦ seven tensors of length × batch × width: the states and cells, and what the
/// derivative needs again: the input gate, forget gate, candidate and output gate after their functions, and the tanh
/// of the cell.
struct LSTMSequence: CompositeOperation {
  static let parts = 7

  var kind: String { "recurrence" }

  func shape(_ inputs: [[Int]]) -> [Int] {
    let (mapped, weights) = (inputs[0], inputs[1])
    precondition(
      mapped.count == 3 && mapped[0] > 0 && weights == [mapped[2] / 4, mapped[2]] && mapped[2] % 4 == 0,
      "gates \(mapped) and weights \(weights) are no recurrence")
    return [Self.parts, mapped[0], mapped[1], weights[0]]
  }

  func composition(_ inputs: [Tensor]) -> Tensor {
    let (length, batch, width) = (inputs[0].shape[0], inputs[0].shape[1], inputs[1].shape[0])
    var (state, cell) = (Tensor?.none, inputs[0].graph.constant(0, [batch, width]))
    var steps = [[Tensor]](repeating: [], count: Self.parts)
    for t in 0..<length {
      var gates = reshape(slice(inputs[0], axis: 0, t..<t + 1), [batch, 4 * width])
      if let state { gates = gates + plainProduct(state, inputs[1]) }
      let parts = split(gates, axis: 1, into: 4)
      let (i, f, z, o) = (sigmoid(parts[0]), sigmoid(parts[1]), tanh(parts[2]), sigmoid(parts[3]))
      cell = f * cell + i * z
      let squashed = tanh(cell)
      let next = o * squashed
      state = next
      for (k, part) in [next, cell, i, f, z, o, squashed].enumerated() { steps[k].append(part) }
    }
    return stack(steps.map { stack($0) })
  }

  func gradients(_ node: Backward) -> [Tensor?] {
    // The usual case: only the states are used, so that the rest of the derivative is padding.
    guard let padding = node.upstream.operation as? Pad, padding.axis == 0, padding.before == 0,
      padding.after == Self.parts - 1
    else { return differentiate(node.inputs, upstream: node.upstream, composition) }
    let (length, batch, width) = (node.output.shape[1], node.output.shape[2], node.output.shape[3])
    let g = node.upstream.inputs[0]
    let forGates = g.graph.tensor(LSTMSequenceGradient(), [g, node.output, node.inputs[1]])
    // One product of all states with the gates they led to.
    let rows = (length - 1) * batch
    let states = reshape(node.output, [Self.parts * length * batch, width])
    let later = slice(reshape(forGates, [length * batch, 4 * width]), axis: 0, batch..<length * batch)
    let forWeights = plainProduct(transpose(slice(states, axis: 0, 0..<rows)), later)
    return [forGates, forWeights]
  }

  /// A product for every step but the first, five functions, and three products and a sum for each cell.
  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int {
    let (length, cells) = (output[1], output[2] * output[3])
    return 2 * (length - 1) * cells * inputs[1][1] + 9 * length * cells
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let (length, batch, width) = (site.shape[1], site.shape[2], site.shape[3])
    let (step, all) = (batch * width, length * batch * width)
    let (mapped, weights, output) = (site.input(0), site.input(1), site.output)
    let panels = PackedFactor<Element>.count(inner: width, columns: 4 * width)
    let scratch = site.scratch(4 * step + panels)
    return { memory in
      let (room, output) = (memory[scratch], memory[output])
      let weights = PackedFactor(
        Factor(memory[weights], 4 * width), inner: width, columns: 4 * width, memory: room + 4 * step)
      for t in 0..<length {
        let mapped = memory[mapped] + t * 4 * step
        let (state, cell) = (output + t * step, output + all + t * step)
        if t > 0 && step > 0 {
          weights.multiply(
            Factor(state - step, width), into: room, 4 * width, plus: Factor(mapped, 4 * width), rows: batch)
        }
        let (i, f) = (output + 2 * all + t * step, output + 3 * all + t * step)
        let (z, o) = (output + 4 * all + t * step, output + 5 * all + t * step)
        for row in 0..<batch {
          let (gates, at) = ((t > 0 ? room : mapped) + row * 4 * width, row * width)
          logistic(gates, into: i + at, width)
          logistic(gates + width, into: f + at, width)
          hyperbolicTangents(gates + 2 * width, into: z + at, width)
          logistic(gates + 3 * width, into: o + at, width)
        }
        if t > 0 {
          let last = cell - step
          for k in 0..<step { cell[k] = f[k] * last[k] + i[k] * z[k] }
        } else {
          for k in 0..<step { cell[k] = i[k] * z[k] }
        }
        let squashed = output + 6 * all + t * step
        hyperbolicTangents(cell, into: squashed, step)
        for k in 0..<step { state[k] = o[k] * squashed[k] }
      }
    }
  }
}

/// (g of the states, the seven results, state weights) ↦ the derivative with respect to the mapped inputs, from the
/// last step to the first.
struct LSTMSequenceGradient: CompositeOperation {
  var kind: String { "recurrence" }

  func shape(_ inputs: [[Int]]) -> [Int] { [inputs[1][1], inputs[1][2], 4 * inputs[1][3]] }

  func composition(_ inputs: [Tensor]) -> Tensor {
    let (results, weights) = (inputs[1], inputs[2])
    let (length, batch, width) = (results.shape[1], results.shape[2], results.shape[3])
    let rows = reshape(results, [LSTMSequence.parts * length, batch, width])
    let upstream = reshape(inputs[0], [length, batch, width])
    func row(_ x: Tensor, _ k: Int) -> Tensor { reshape(slice(x, axis: 0, k..<k + 1), [batch, width]) }
    var all: [Tensor] = []
    var (later, carried) = (Tensor?.none, results.graph.constant(0, [batch, width]))
    for t in (0..<length).reversed() {
      func part(_ k: Int) -> Tensor { row(rows, k * length + t) }
      let (i, f, z, o, squashed) = (part(2), part(3), part(4), part(5), part(6))
      var forState = row(upstream, t)
      if let later { forState = forState + plainProduct(later, transpose(weights)) }
      let forCell = carried + forState * o * (1 - square(squashed))
      let last = t > 0 ? row(rows, length + t - 1) : results.graph.constant(0, [batch, width])
      let gates = concatenate(
        [
          forCell * z * i * (1 - i), forCell * last * f * (1 - f), forCell * i * (1 - square(z)),
          forState * squashed * o * (1 - o),
        ], axis: 1)
      carried = forCell * f
      later = gates
      all.insert(gates, at: 0)
    }
    return stack(all)
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int {
    let cells = inputs[1][2] * inputs[1][3]
    return 2 * (output[0] - 1) * cells * output[2] + 22 * output[0] * cells
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let results = site.inputShapes[1]
    let (length, batch, width) = (results[1], results[2], results[3])
    let (step, all) = (batch * width, length * batch * width)
    let (g, values, weights, output) = (site.input(0), site.input(1), site.input(2), site.output)
    let panels = PackedFactor<Element>.count(inner: 4 * width, columns: width)
    let scratch = site.scratch(2 * step + panels)
    return { memory in
      let (forState, carried) = (memory[scratch], memory[scratch] + step)
      let weights = PackedFactor(
        Factor(memory[weights], 4 * width, transposed: true), inner: 4 * width, columns: width,
        memory: carried + step)
      for t in (0..<length).reversed() {
        let g = memory[g] + t * step
        if t < length - 1 && step > 0 {
          weights.multiply(
            Factor(memory[output] + (t + 1) * 4 * step, 4 * width), into: forState, width,
            plus: Factor(g, width), rows: batch)
        } else {
          forState.update(from: g, count: step)
          carried.update(repeating: 0, count: step)
        }
        let at = memory[values] + t * step
        let (i, f, z, o) = (at + 2 * all, at + 3 * all, at + 4 * all, at + 5 * all)
        let (squashed, last) = (at + 6 * all, at + all - step)
        for row in 0..<batch {
          let gates = memory[output] + t * 4 * step + row * 4 * width
          let (forF, forZ, forO) = (gates + width, gates + 2 * width, gates + 3 * width)
          let start = row * width
          let (h, c) = (forState + start, carried + start)
          let (i, f, z, o) = (i + start, f + start, z + start, o + start)
          let (squashed, last) = (squashed + start, last + start)
          for k in 0..<width { c[k] = c[k] + h[k] * o[k] * (1 - squashed[k] * squashed[k]) }
          for k in 0..<width { gates[k] = c[k] * z[k] * i[k] * (1 - i[k]) }
          if t > 0 {
            for k in 0..<width { forF[k] = c[k] * last[k] * f[k] * (1 - f[k]) }
          } else {
            forF.update(repeating: 0, count: width)
          }
          for k in 0..<width { forZ[k] = c[k] * i[k] * (1 - z[k] * z[k]) }
          for k in 0..<width { forO[k] = h[k] * squashed[k] * o[k] * (1 - o[k]) }
          for k in 0..<width { c[k] *= f[k] }
        }
      }
    }
  }
}

@inline(__always)
private func logistic<Element: Scalar>(
  _ x: UnsafePointer<Element>, into y: UnsafeMutablePointer<Element>, _ count: Int
) {
  for k in 0..<count { y[k] = 1 / (1 + Element.exponential(-x[k])) }
}

@inline(__always)
private func hyperbolicTangents<Element: Scalar>(
  _ x: UnsafePointer<Element>, into y: UnsafeMutablePointer<Element>, _ count: Int
) {
  for k in 0..<count { y[k] = Element.hyperbolicTangent(x[k]) }
}
