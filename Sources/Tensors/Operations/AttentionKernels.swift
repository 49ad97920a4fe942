/// Attention of several heads (see `attention`), head by head through scores that stay in the cache.
struct Attention: CompositeOperation {
  let heads: Int
  let isCausal: Bool
  let scale: Double

  var kind: String { "attention" }

  func shape(_ inputs: [[Int]]) -> [Int] {
    let (q, k, v) = (inputs[0], inputs[1], inputs[2])
    precondition(
      q.count == 3 && k.count == 3 && v.count == 3 && q[0] == k[0] && q[0] == v[0] && q[2] == k[2]
        && k[1] == v[1]
        && v[2] % heads == 0 && k[1] > 0,
      "queries \(q), keys \(k) and values \(v) do not fit together")
    return [q[0], q[1], v[2]]
  }

  func composition(_ inputs: [Tensor]) -> Tensor { composition(inputs, mask: nil) }

  func composition(_ inputs: [Tensor], mask: Tensor?) -> Tensor {
    func split(_ x: Tensor) -> Tensor {
      permute(reshape(x, [x.shape[0], x.shape[1], heads, x.shape[2] / heads]), [0, 2, 1, 3])
    }
    let (queries, keys, values) = (inputs[0], inputs[1], inputs[2])
    var scores = matmul(split(queries), transpose(split(keys))) * scale
    if let mask { scores = scores + mask }
    if isCausal { scores = scores + causalMask(queries.graph, queries.shape[1], keys.shape[1]) }
    let mixed = permute(matmul(softmax(scores), split(values)), [0, 2, 1, 3])
    return reshape(mixed, [queries.shape[0], queries.shape[1], values.shape[2]])
  }

  func gradients(_ node: Backward) -> [Tensor?] {
    let all = node.upstream.graph.tensor(AttentionGradient(forward: self), [node.upstream] + node.inputs)
    var start = 0
    return node.inputs.map { input in
      defer { start += input.count }
      return reshape(slice(all, axis: 0, start..<start + input.count), input.shape)
    }
  }

  /// Two products and a softmax for each head.
  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int {
    let pairs = output[0] * output[1] * inputs[1][1]
    return 2 * pairs * (inputs[0][2] + output[2]) + 5 * pairs * heads
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let layout = HeadLayout(self, site.inputShapes[0], site.inputShapes[1], site.inputShapes[2])
    let (q, k, v, y) = (site.input(0), site.input(1), site.input(2), site.output)
    let scratch = site.scratch(layout.pairs + layout.keys + productScratch)
    return { memory in
      let scores = memory[scratch]
      let row = scores + layout.pairs
      let panel = row + layout.keys
      for batch in 0..<layout.batch {
        for head in 0..<layout.heads {
          let (atQ, atK, atV, atY) = layout.offsets(batch, head)
          layout.weights(memory[q] + atQ, memory[k] + atK, into: scores, row, panel)
          multiply(
            Factor(scores, layout.keys), Factor(memory[v] + atV, layout.valueWidth), into: memory[y] + atY,
            layout.valueWidth, rows: layout.queries, inner: layout.keys, columns: layout.valueDepth,
            scratch: panel)
        }
      }
    }
  }
}

/// (g, queries, keys, values) ↦ the derivatives with respect to the last three, one after another as one row. The
/// attention weights are computed anew.
struct AttentionGradient: CompositeOperation {
  let forward: Attention

  var kind: String { "attention" }

  func shape(_ inputs: [[Int]]) -> [Int] { [inputs[1].product + inputs[2].product + inputs[3].product] }

  func composition(_ inputs: [Tensor]) -> Tensor {
    let operands = Array(inputs[1...])
    let parts = differentiate(operands, upstream: inputs[0], forward.composition)
    return concatenate(
      zip(parts, operands).map { part, operand in
        reshape(part ?? operand.graph.constant(0, operand.shape), [operand.count])
      }, axis: 0)
  }

  /// Five products, the weights' softmax and its derivative for each head.
  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int {
    let pairs = inputs[1][0] * inputs[1][1] * inputs[2][1]
    return 2 * pairs * (3 * inputs[1][2] + 2 * inputs[3][2]) + 10 * pairs * forward.heads
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let layout = HeadLayout(forward, site.inputShapes[1], site.inputShapes[2], site.inputShapes[3])
    let (g, q, k, v) = (site.input(0), site.input(1), site.input(2), site.input(3))
    let output = site.output
    let (countQ, countK) = (site.inputShapes[1].product, site.inputShapes[2].product)
    let scratch = site.scratch(2 * layout.pairs + layout.keys + productScratch)
    let scale = Element(forward.scale)
    return { memory in
      let weights = memory[scratch]
      let slopes = weights + layout.pairs
      let row = slopes + layout.pairs
      let panel = row + layout.keys
      let (forQ, forK) = (memory[output], memory[output] + countQ)
      let forV = forK + countK
      for batch in 0..<layout.batch {
        for head in 0..<layout.heads {
          let (atQ, atK, atV, atY) = layout.offsets(batch, head)
          let (g, q, k, v) = (memory[g] + atY, memory[q] + atQ, memory[k] + atK, memory[v] + atV)
          layout.weights(q, k, into: weights, row, panel)
          multiply(
            Factor(weights, layout.keys, transposed: true), Factor(g, layout.valueWidth), into: forV + atV,
            layout.valueWidth, rows: layout.keys, inner: layout.queries, columns: layout.valueDepth,
            scratch: panel)
          multiply(
            Factor(g, layout.valueWidth), Factor(v, layout.valueWidth, transposed: true), into: slopes,
            layout.keys, rows: layout.queries, inner: layout.valueDepth, columns: layout.keys, scratch: panel)
          // Through the softmax: weights·(slopes − Σ weights·slopes)·scale, row by row.
          for i in 0..<layout.queries {
            let (p, d) = (weights + i * layout.keys, slopes + i * layout.keys)
            let mean = sumOfProducts(p, d, count: layout.keys)
            @inline(__always) func one(_ p: Element, _ d: Element) -> Element { p * (d - mean) * scale }
            @inline(__always)
            func eight(_ p: SIMD8<Element>, _ d: SIMD8<Element>) -> SIMD8<Element> { p * (d - mean) * scale }
            combine(p, d, into: d, count: layout.keys, one, eight)
          }
          multiply(
            Factor(slopes, layout.keys), Factor(k, layout.width), into: forQ + atQ, layout.width,
            rows: layout.queries, inner: layout.keys, columns: layout.depth, scratch: panel)
          multiply(
            Factor(slopes, layout.keys, transposed: true), Factor(q, layout.width), into: forK + atK,
            layout.width, rows: layout.keys, inner: layout.queries, columns: layout.depth, scratch: panel)
        }
      }
    }
  }
}

/// Where the heads lie in queries, keys and values.
private struct HeadLayout {
  let batch: Int
  let heads: Int
  let queries: Int
  let keys: Int
  /// Of all heads together, and of one.
  let width: Int
  let depth: Int
  let valueWidth: Int
  let valueDepth: Int
  let isCausal: Bool
  let scale: Double

  init(_ attention: Attention, _ q: [Int], _ k: [Int], _ v: [Int]) {
    (batch, heads, queries, keys) = (q[0], attention.heads, q[1], k[1])
    (width, depth) = (q[2], q[2] / heads)
    (valueWidth, valueDepth) = (v[2], v[2] / heads)
    (isCausal, scale) = (attention.isCausal, attention.scale)
  }

  var pairs: Int { queries * keys }

  @inline(__always)
  func offsets(_ batch: Int, _ head: Int) -> (queries: Int, keys: Int, values: Int, output: Int) {
    (
      batch * queries * width + head * depth, batch * keys * width + head * depth,
      batch * keys * valueWidth + head * valueDepth, batch * queries * valueWidth + head * valueDepth
    )
  }

  /// softmax(scale·Q·Kᵀ) of one head, with zeros for keys that are hidden.
  ///
  /// - Parameters:
  ///   - row: room for one row.
  ///   - panel: scratch for the product.
  @inline(__always)
  func weights<Element: Scalar>(
    _ q: UnsafePointer<Element>, _ k: UnsafePointer<Element>, into weights: UnsafeMutablePointer<Element>,
    _ row: UnsafeMutablePointer<Element>, _ panel: UnsafeMutablePointer<Element>
  ) {
    multiply(
      Factor(q, width), Factor(k, width, transposed: true), into: weights, keys, rows: queries, inner: depth,
      columns: keys, scratch: panel)
    let factor = Element(scale)
    for i in 0..<queries {
      let scores = weights + i * keys
      let visible = isCausal ? i + keys - queries + 1 : keys
      let highest = largest(scores, count: visible)
      for j in 0..<visible { row[j] = Element.exponential((scores[j] - highest) * factor) }
      let share = 1 / sum(row, count: visible)
      for j in 0..<visible { scores[j] = row[j] * share }
      for j in visible..<keys { scores[j] = 0 }
    }
  }
}
