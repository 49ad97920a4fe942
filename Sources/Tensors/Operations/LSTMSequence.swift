/// The recurrence of a long short-term memory (see `lstm`) from a state of zeros, all steps in one kernel.
///
/// (inputs, weights) ↦ one row of numbers, segment after segment (see `LSTMLayout`): what the derivative needs again is
/// kept. The weights of input, state and bias stand above one another, so that one product a step serves all three.
struct LSTMSequence: CompositeOperation {
  var kind: String { "recurrence" }

  func shape(_ inputs: [[Int]]) -> [Int] { [LSTMLayout(inputs[0], inputs[1]).count] }

  func composition(_ inputs: [Tensor]) -> Tensor {
    let layout = LSTMLayout(inputs[0].shape, inputs[1].shape)
    let (batch, width) = (layout.batch, layout.width)
    let ones = inputs[0].graph.constant(1, [batch, 1])
    var state = inputs[0].graph.constant(0, [batch, width])
    var cell = state
    var segments = [[Tensor]](repeating: [], count: 5)
    for t in 0..<layout.length {
      let x = reshape(slice(inputs[0], axis: 0, t..<t + 1), [batch, layout.inputs])
      let seen = concatenate([x, state, ones], axis: 1)
      let parts = split(plainProduct(seen, inputs[1]), axis: 1, into: 4)
      let (i, f, z, o) = (sigmoid(parts[0]), sigmoid(parts[1]), tanh(parts[2]), sigmoid(parts[3]))
      cell = f * cell + i * z
      let squashed = tanh(cell)
      state = o * squashed
      let gates = concatenate([i, f, z, o], axis: 1)
      for (k, part) in [state, cell, squashed, gates, seen].enumerated() {
        segments[k].append(reshape(part, [part.count]))
      }
    }
    return concatenate(segments.flatMap { $0 }, axis: 0)
  }

  func gradients(_ node: Backward) -> [Tensor?] {
    let (x, weights) = (node.inputs[0], node.inputs[1])
    let layout = LSTMLayout(x.shape, weights.shape)
    // The usual case: only the states are used, so that the rest of the derivative is padding.
    guard let padding = node.upstream.operation as? Pad, padding.before == 0,
      padding.after == layout.count - layout.cells
    else { return differentiate(node.inputs, upstream: node.upstream, composition) }
    let g = node.upstream.inputs[0]
    let forGates = reshape(
      g.graph.tensor(LSTMSequenceGradient(layout: layout), [g, node.output, weights]),
      [layout.length * layout.batch, 4 * layout.width])
    // One product of all that was seen with the gates it led to.
    let seen = reshape(
      slice(node.output, axis: 0, layout.seen..<layout.count), [layout.length * layout.batch, layout.inner])
    let forInputs = plainProduct(forGates, transpose(slice(weights, axis: 0, 0..<layout.inputs)))
    return [reshape(forInputs, x.shape), plainProduct(transpose(seen), forGates)]
  }

  /// A product for every step, five functions, and three products and a sum for each cell.
  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int {
    let layout = LSTMLayout(inputs[0], inputs[1])
    return layout.cells * (8 * layout.inner + 9)
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let layout = LSTMLayout(site.inputShapes[0], site.inputShapes[1])
    let (batch, width, step, inner) = (layout.batch, layout.width, layout.step, layout.inner)
    let (x, weights, output) = (site.input(0), site.input(1), site.output)
    let scratch = site.scratch(PackedFactor<Element>.count(inner: inner, columns: 4 * width))
    return { memory in
      let (x, output) = (memory[x], memory[output])
      let weights = PackedFactor(
        Factor(memory[weights], 4 * width), inner: inner, columns: 4 * width, memory: memory[scratch])
      for t in 0..<layout.length {
        let (state, cell) = (output + t * step, output + layout.cell + t * step)
        let squashed = output + layout.squashed + t * step
        let gates = output + layout.gates + 4 * t * step
        let seen = output + layout.seen + t * batch * inner
        for row in 0..<batch {
          let to = seen + row * inner
          to.update(from: x + (t * batch + row) * layout.inputs, count: layout.inputs)
          if t > 0 {
            (to + layout.inputs).update(from: state - step + row * width, count: width)
          } else {
            (to + layout.inputs).update(repeating: 0, count: width)
          }
          to[inner - 1] = 1
        }
        weights.multiply(Factor(seen, inner), into: gates, 4 * width, rows: batch)
        // 1/(1 + e^(−x)) as ½ + ½·tanh ½x, which is sooner computed.
        for row in 0..<batch {
          let (i, at) = (gates + row * 4 * width, row * width)
          let (f, z, o) = (i + width, i + 2 * width, i + 3 * width)
          for k in 0..<2 * width { i[k] = 0.5 + 0.5 * Element.hyperbolicTangent(0.5 * i[k]) }
          for k in 0..<width { z[k] = Element.hyperbolicTangent(z[k]) }
          for k in 0..<width { o[k] = 0.5 + 0.5 * Element.hyperbolicTangent(0.5 * o[k]) }
          let (state, cell, squashed) = (state + at, cell + at, squashed + at)
          if t > 0 {
            let last = cell - step
            for k in 0..<width { cell[k] = f[k] * last[k] + i[k] * z[k] }
          } else {
            for k in 0..<width { cell[k] = i[k] * z[k] }
          }
          for k in 0..<width { squashed[k] = Element.hyperbolicTangent(cell[k]) }
          for k in 0..<width { state[k] = o[k] * squashed[k] }
        }
      }
    }
  }
}

/// Where the segments of `LSTMSequence` begin: the states at 0, the cells, their tanh, the gates after their functions (input
/// gate, forget gate, candidate, output gate), and what each step saw (input, state before, 1). All are length × batch × numbers.
struct LSTMLayout: Hashable {
  let length: Int
  let batch: Int
  let inputs: Int
  let width: Int

  init(_ x: [Int], _ weights: [Int]) {
    precondition(
      x.count == 3 && x[0] > 0 && weights.count == 2 && weights[1] % 4 == 0
        && weights[0] == x[2] + weights[1] / 4 + 1, "inputs \(x) and weights \(weights) are no recurrence")
    (length, batch, inputs, width) = (x[0], x[1], x[2], weights[1] / 4)
  }

  /// The rows of the weights.
  var inner: Int { inputs + width + 1 }
  /// The cells of one step, and of all.
  var step: Int { batch * width }
  var cells: Int { length * step }
  var cell: Int { cells }
  var squashed: Int { 2 * cells }
  var gates: Int { 3 * cells }
  var seen: Int { 7 * cells }
  var count: Int { seen + length * batch * inner }
}

/// (g of the states, results, weights) ↦ the derivative with respect to the gates before their functions, length × batch
/// × 4·width, from the last step to the first.
struct LSTMSequenceGradient: CompositeOperation {
  let layout: LSTMLayout

  var kind: String { "recurrence" }

  func shape(_ inputs: [[Int]]) -> [Int] { [layout.length, layout.batch, 4 * layout.width] }

  func composition(_ inputs: [Tensor]) -> Tensor {
    let (results, batch, width) = (inputs[1], layout.batch, layout.width)
    let stateWeights = slice(inputs[2], axis: 0, layout.inputs..<layout.inputs + width)
    func part(_ x: Tensor, _ start: Int, _ columns: Int) -> Tensor {
      reshape(slice(x, axis: 0, start..<start + batch * columns), [batch, columns])
    }
    let upstream = reshape(inputs[0], [layout.cells])
    var all: [Tensor] = []
    var (later, carried) = (Tensor?.none, results.graph.constant(0, [batch, width]))
    for t in (0..<layout.length).reversed() {
      let at = t * layout.step
      let squashed = part(results, layout.squashed + at, width)
      let gates = split(part(results, layout.gates + 4 * at, 4 * width), axis: 1, into: 4)
      let (i, f, z, o) = (gates[0], gates[1], gates[2], gates[3])
      var forState = part(upstream, at, width)
      if let later { forState = forState + plainProduct(later, transpose(stateWeights)) }
      let forCell = carried + forState * o * (1 - square(squashed))
      let last =
        t > 0
        ? part(results, layout.cell + at - layout.step, width) : results.graph.constant(0, [batch, width])
      let forGates = concatenate(
        [
          forCell * z * i * (1 - i), forCell * last * f * (1 - f), forCell * i * (1 - square(z)),
          forState * squashed * o * (1 - o),
        ], axis: 1)
      carried = forCell * f
      later = forGates
      all.insert(forGates, at: 0)
    }
    return stack(all)
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int {
    8 * (layout.length - 1) * layout.step * layout.width + 22 * layout.cells
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let layout = layout
    let (batch, width, step) = (layout.batch, layout.width, layout.step)
    let (g, values, weights, output) = (site.input(0), site.input(1), site.input(2), site.output)
    let panels = PackedFactor<Element>.count(inner: 4 * width, columns: width)
    let scratch = site.scratch(2 * step + panels)
    return { memory in
      let (forState, carried) = (memory[scratch], memory[scratch] + step)
      let weights = PackedFactor(
        Factor(memory[weights] + layout.inputs * 4 * width, 4 * width, transposed: true), inner: 4 * width,
        columns: width, memory: carried + step)
      for t in (0..<layout.length).reversed() {
        let (g, values, forGates) = (memory[g] + t * step, memory[values], memory[output] + 4 * t * step)
        if t < layout.length - 1 {
          weights.multiply(
            Factor(forGates + 4 * step, 4 * width), into: forState, width, plus: Factor(g, width), rows: batch
          )
        } else {
          forState.update(from: g, count: step)
          carried.update(repeating: 0, count: step)
        }
        let (gates, squashed) = (values + layout.gates + 4 * t * step, values + layout.squashed + t * step)
        let last = values + layout.cell + (t - 1) * step
        for row in 0..<batch {
          let (to, i, at) = (forGates + row * 4 * width, gates + row * 4 * width, row * width)
          let (f, z, o) = (i + width, i + 2 * width, i + 3 * width)
          let (forF, forZ, forO) = (to + width, to + 2 * width, to + 3 * width)
          let (h, c, squashed, last) = (forState + at, carried + at, squashed + at, last + at)
          for k in 0..<width { c[k] = c[k] + h[k] * o[k] * (1 - squashed[k] * squashed[k]) }
          for k in 0..<width { to[k] = c[k] * z[k] * i[k] * (1 - i[k]) }
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
