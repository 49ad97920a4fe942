/// Attention of several heads (see `attention`), head by head through scores that stay in the cache.
///
/// The operands are queries, keys and values, or one tensor that holds the three side by side.
struct Attention: CompositeOperation {
  let heads: Int
  let isCausal: Bool
  let scale: Double

  var kind: String { "attention" }

  func shape(_ inputs: [[Int]]) -> [Int] {
    let layout = HeadLayout(self, inputs)
    return [layout.batch, layout.queries, layout.values.width]
  }

  func composition(_ inputs: [Tensor]) -> Tensor { composition(inputs, mask: nil) }

  func composition(_ inputs: [Tensor], mask: Tensor?) -> Tensor {
    func split(_ x: Tensor) -> Tensor {
      permute(reshape(x, [x.shape[0], x.shape[1], heads, x.shape[2] / heads]), [0, 2, 1, 3])
    }
    let operands = inputs.count == 1 ? Tensors.split(inputs[0], axis: 2, into: 3) : inputs
    let (queries, keys, values) = (operands[0], operands[1], operands[2])
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
    let layout = HeadLayout(self, inputs)
    let pairs = layout.batch * layout.pairs
    return 2 * pairs * (layout.keyPlace.width + layout.values.width) + 5 * pairs * heads
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let layout = HeadLayout(self, site.inputShapes)
    let last = site.inputShapes.count - 1
    let (q, k, v, y) = (site.input(0), site.input(min(1, last)), site.input(last), site.output)
    let scratch = site.scratch(layout.pairs + wholeLanes(layout.keys) + productScratch)
    return { memory in
      let scores = memory[scratch]
      let row = scores + layout.pairs
      let panel = row + wholeLanes(layout.keys)
      for batch in 0..<layout.batch {
        for head in 0..<layout.heads {
          layout.weights(
            layout.queryPlace.head(memory[q], batch, head), layout.keyPlace.head(memory[k], batch, head),
            into: scores, row, panel)
          let out = layout.outputPlace.head(memory[y], batch, head)
          multiply(
            Factor(scores, layout.keys), layout.values.head(memory[v], batch, head),
            into: UnsafeMutablePointer(mutating: out.base), out.stride, rows: layout.queries,
            inner: layout.keys, columns: layout.values.depth, scratch: panel)
        }
      }
    }
  }
}

/// (g, operands) ↦ the derivatives with respect to the operands, one after another as one row. The attention weights
/// are computed anew.
struct AttentionGradient: CompositeOperation {
  let forward: Attention

  var kind: String { "attention" }

  func shape(_ inputs: [[Int]]) -> [Int] { [inputs.dropFirst().reduce(0) { $0 + $1.product }] }

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
    let layout = HeadLayout(forward, Array(inputs[1...]))
    let pairs = layout.batch * layout.pairs
    return 2 * pairs * (3 * layout.keyPlace.width + 2 * layout.values.width) + 10 * pairs * forward.heads
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let shapes = Array(site.inputShapes[1...])
    let layout = HeadLayout(forward, shapes)
    let last = shapes.count
    let (g, q, k, v) = (site.input(0), site.input(1), site.input(min(2, last)), site.input(last))
    let output = site.output
    // Where the derivatives of queries, keys and values begin.
    let startOfK = shapes.count == 1 ? 0 : shapes[0].product
    let startOfV = shapes.count == 1 ? 0 : startOfK + shapes[1].product
    let scratch = site.scratch(2 * layout.pairs + wholeLanes(layout.keys) + productScratch)
    let scale = Element(forward.scale)
    return { memory in
      let weights = memory[scratch]
      let slopes = weights + layout.pairs
      let row = slopes + layout.pairs
      let panel = row + wholeLanes(layout.keys)
      let output = memory[output]
      @inline(__always)
      func product(
        _ a: Factor<Element>, _ b: Factor<Element>, into c: Factor<Element>, rows: Int, inner: Int,
        columns: Int
      ) {
        multiply(
          a, b, into: UnsafeMutablePointer(mutating: c.base), c.stride, rows: rows, inner: inner,
          columns: columns, scratch: panel)
      }
      for batch in 0..<layout.batch {
        for head in 0..<layout.heads {
          let g = layout.outputPlace.head(memory[g], batch, head)
          let q = layout.queryPlace.head(memory[q], batch, head)
          let k = layout.keyPlace.head(memory[k], batch, head)
          let v = layout.values.head(memory[v], batch, head)
          layout.weights(q, k, into: weights, row, panel)
          product(
            Factor(weights, layout.keys, transposed: true), g,
            into: layout.values.head(output + startOfV, batch, head), rows: layout.keys,
            inner: layout.queries, columns: layout.values.depth)
          product(
            g, Factor(v.base, v.stride, transposed: true), into: Factor(slopes, layout.keys),
            rows: layout.queries, inner: layout.values.depth, columns: layout.keys)
          // Through the softmax: weights·(slopes − Σ weights·slopes)·scale, row by row.
          for i in 0..<layout.queries {
            let (p, d) = (weights + i * layout.keys, slopes + i * layout.keys)
            let mean = sumOfProducts(p, d, count: layout.keys)
            @inline(__always) func one(_ p: Element, _ d: Element) -> Element { p * (d - mean) * scale }
            @inline(__always)
            func eight(_ p: SIMD8<Element>, _ d: SIMD8<Element>) -> SIMD8<Element> { p * (d - mean) * scale }
            combine(p, d, into: d, count: layout.keys, one, eight)
          }
          product(
            Factor(slopes, layout.keys), k, into: layout.queryPlace.head(output, batch, head),
            rows: layout.queries, inner: layout.keys, columns: layout.queryPlace.depth)
          product(
            Factor(slopes, layout.keys, transposed: true), q,
            into: layout.keyPlace.head(output + startOfK, batch, head), rows: layout.keys,
            inner: layout.queries, columns: layout.keyPlace.depth)
        }
      }
    }
  }
}

/// Where the heads lie in queries, keys and values.
private struct HeadLayout {
  /// Where one of the three lies in its tensor: the numbers of all heads, `start` into rows of `stride`.
  struct Place {
    let rows: Int
    let width: Int
    let depth: Int
    let start: Int
    let stride: Int

    init(rows: Int, width: Int, heads: Int, start: Int = 0, stride: Int? = nil) {
      (self.rows, self.width, depth) = (rows, width, width / heads)
      (self.start, self.stride) = (start, stride ?? width)
    }

    @inline(__always)
    func head<Element: Scalar>(_ base: UnsafePointer<Element>, _ batch: Int, _ head: Int) -> Factor<Element> {
      Factor(base + (batch * rows * stride + start + head * depth), stride)
    }
  }

  let batch: Int
  let heads: Int
  let queries: Int
  let keys: Int
  let queryPlace: Place
  let keyPlace: Place
  let values: Place
  let outputPlace: Place
  let isCausal: Bool
  let scale: Double

  init(_ attention: Attention, _ shapes: [[Int]]) {
    let (q, v) = (shapes[0], shapes[shapes.count - 1])
    heads = attention.heads
    if shapes.count == 1 {
      precondition(q.count == 3 && q[2] % (3 * heads) == 0, "\(q) does not hold queries, keys and values")
      let width = q[2] / 3
      let places = (0..<3).map {
        Place(rows: q[1], width: width, heads: attention.heads, start: $0 * width, stride: q[2])
      }
      (queryPlace, keyPlace, values) = (places[0], places[1], places[2])
    } else {
      let k = shapes[1]
      precondition(
        q.count == 3 && k.count == 3 && v.count == 3 && q[0] == k[0] && q[0] == v[0] && q[2] == k[2]
          && k[1] == v[1] && v[2] % heads == 0 && k[1] > 0,
        "queries \(q), keys \(k) and values \(v) do not fit together")
      queryPlace = Place(rows: q[1], width: q[2], heads: heads)
      keyPlace = Place(rows: k[1], width: k[2], heads: heads)
      values = Place(rows: v[1], width: v[2], heads: heads)
    }
    outputPlace = Place(rows: q[1], width: values.width, heads: heads)
    (batch, queries, keys) = (q[0], q[1], v[1])
    (isCausal, scale) = (attention.isCausal, attention.scale)
  }

  var pairs: Int { queries * keys }

  /// softmax(scale·Q·Kᵀ) of one head, with zeros for keys that are hidden.
  ///
  /// - Parameters:
  ///   - row: room for one row in whole lanes.
  ///   - panel: scratch for the product.
  @inline(__always)
  func weights<Element: Scalar>(
    _ q: Factor<Element>, _ k: Factor<Element>, into weights: UnsafeMutablePointer<Element>,
    _ row: UnsafeMutablePointer<Element>, _ panel: UnsafeMutablePointer<Element>
  ) {
    multiply(
      q, Factor(k.base, k.stride, transposed: true), into: weights, keys, rows: queries,
      inner: keyPlace.depth, columns: keys, scratch: panel)
    let factor = Element(scale)
    for i in 0..<queries {
      let scores = weights + i * keys
      let visible = isCausal ? i + keys - queries + 1 : keys
      let highest = largest(scores, count: visible)
      let share = 1 / exponentials(scores, minus: highest, times: factor, count: visible, into: row)
      for j in 0..<visible { scores[j] = row[j] * share }
      for j in visible..<keys { scores[j] = 0 }
    }
  }
}
