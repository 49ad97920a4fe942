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
    // The usual case: only states are used, so that the rest of the derivative is padding.
    guard let padding = node.upstream.operation as? Pad, padding.before % layout.step == 0,
      padding.after >= layout.count - layout.cells
    else { return differentiate(node.inputs, upstream: node.upstream, composition) }
    let operation = LSTMSequenceGradient(layout: layout, first: padding.before / layout.step)
    let all = node.upstream.graph.tensor(operation, [node.upstream.inputs[0], node.output, weights])
    func rows(_ segment: Range<Int>) -> Tensor {
      let count = layout.length * layout.batch
      return reshape(slice(all, axis: 0, segment), [count, segment.count / count])
    }
    // One product of all that was seen with the gates it led to.
    let (forGates, seen) = (rows(layout.gates..<layout.seen), rows(layout.seen..<layout.count))
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
      x.count == 3 && x[0] > 0 && x[1] > 0 && weights.count == 2 && weights[1] > 0 && weights[1] % 4 == 0
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

/// (g of the states from step `first` on, results, weights) ↦ the results, with the gates replaced by the derivative with
/// respect to the gates before their functions: where nothing else needs the results, they are overwritten.
struct LSTMSequenceGradient: CompositeOperation {
  let layout: LSTMLayout
  let first: Int

  var kind: String { "recurrence" }
  var reusableInput: Int? { 1 }

  func shape(_ inputs: [[Int]]) -> [Int] {
    precondition(
      inputs[0].product % layout.step == 0 && first * layout.step + inputs[0].product <= layout.cells
        && inputs[1] == [layout.count], "\(inputs[0]) is no derivative of the states of \(layout)")
    return [layout.count]
  }

  func composition(_ inputs: [Tensor]) -> Tensor {
    let (g, results, batch, width) = (inputs[0], inputs[1], layout.batch, layout.width)
    let stateWeights = slice(inputs[2], axis: 0, layout.inputs..<layout.inputs + width)
    func part(_ x: Tensor, _ start: Int, _ columns: Int) -> Tensor {
      reshape(slice(x, axis: 0, start..<start + batch * columns), [batch, columns])
    }
    let before = first * layout.step
    let upstream = pad(
      reshape(g, [g.count]), axis: 0, before: before, after: layout.cells - before - g.count)
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
      all.insert(reshape(forGates, [forGates.count]), at: 0)
    }
    return concatenate(
      [slice(results, axis: 0, 0..<layout.gates)] + all
        + [slice(results, axis: 0, layout.seen..<layout.count)], axis: 0)
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int {
    8 * (layout.length - 1) * layout.step * layout.width + 22 * layout.cells
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let (layout, first) = (layout, first)
    let (batch, width, step) = (layout.batch, layout.width, layout.step)
    let end = first + site.inputShapes[0].product / step
    let (g, values, weights, output) = (site.input(0), site.input(1), site.input(2), site.output)
    let panels = PackedFactor<Element>.count(inner: 4 * width, columns: width)
    let scratch = site.scratch(3 * step + panels)
    return { memory in
      let (values, output) = (memory[values], memory[output])
      let (forState, carried) = (memory[scratch], memory[scratch] + step)
      let nothing = carried + step
      let weights = PackedFactor(
        Factor(memory[weights] + layout.inputs * 4 * width, 4 * width, transposed: true), inner: 4 * width,
        columns: width, memory: nothing + step)
      carried.update(repeating: 0, count: 2 * step)
      if values != output {
        output.update(from: values, count: layout.gates)
        (output + layout.seen).update(from: values + layout.seen, count: layout.count - layout.seen)
      }
      for t in (0..<layout.length).reversed() {
        let place = layout.gates + 4 * t * step
        let g = t >= first && t < end ? Factor(memory[g] + (t - first) * step, width) : Factor(nothing, width)
        if t < layout.length - 1 {
          weights.multiply(
            Factor(output + place + 4 * step, 4 * width), into: forState, width, plus: g, rows: batch)
        } else {
          forState.update(from: g.base, count: step)
        }
        let squashed = values + layout.squashed + t * step
        let last = t > 0 ? values + layout.cell + (t - 1) * step : nothing
        for row in 0..<batch {
          let at = row * width
          backward(
            values + place + 4 * at, width, squashed + at, last + at, forState + at, carried + at,
            into: output + place + 4 * at)
        }
      }
    }
  }
}

/// The derivatives of one row of cells with respect to their gates before their functions.
///
/// - Parameters:
///   - gates: input gate, forget gate, candidate and output gate, `width` numbers each; `result` may lie there.
///   - forState: the derivative with respect to the state.
///   - carried: what later steps' cells pass to the cell, and after that what this step passes on.
@inline(never)
private func backward<Element: Scalar>(
  _ gates: UnsafePointer<Element>, _ width: Int, _ squashed: UnsafePointer<Element>,
  _ last: UnsafePointer<Element>,
  _ forState: UnsafePointer<Element>, _ carried: UnsafeMutablePointer<Element>,
  into result: UnsafeMutablePointer<Element>
) {
  var k = 0
  while k &+ 8 <= width {
    let (i, f, z, o) = (
      load(gates, k), load(gates, width &+ k), load(gates, 2 &* width &+ k), load(gates, 3 &* width &+ k)
    )
    let (s, h) = (load(squashed, k), load(forState, k))
    let c = load(carried, k) + h * o * (1 - s * s)
    store(c * z * i * (1 - i), to: result + k)
    store(c * load(last, k) * f * (1 - f), to: result + (width &+ k))
    store(c * i * (1 - z * z), to: result + (2 &* width &+ k))
    store(h * s * o * (1 - o), to: result + (3 &* width &+ k))
    store(c * f, to: carried + k)
    k &+= 8
  }
  while k < width {
    let (i, f, z, o) = (gates[k], gates[width &+ k], gates[2 &* width &+ k], gates[3 &* width &+ k])
    let (s, h) = (squashed[k], forState[k])
    let c = carried[k] + h * o * (1 - s * s)
    result[k] = c * z * i * (1 - i)
    result[width &+ k] = c * last[k] * f * (1 - f)
    result[2 &* width &+ k] = c * i * (1 - z * z)
    result[3 &* width &+ k] = h * s * o * (1 - o)
    carried[k] = c * f
    k &+= 1
  }
}
