/// Where in each row of the last axis the k largest (or smallest) numbers lie, in their order; equal ones in order
/// of place, NaN last.
struct SortedPositions: Operation, WithoutGradient {
  let count: Int
  let largestFirst: Bool

  func shape(_ inputs: [[Int]]) -> [Int] {
    precondition(
      count > 0 && count <= inputs[0].last ?? 0, "\(count) numbers cannot be chosen from rows of \(inputs[0])"
    )
    return inputs[0].dropLast() + [count]
  }
  var givesIndices: Bool { true }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let width = site.inputShapes[0].last!
    let rows = site.inputShapes[0].product / width
    let (count, largestFirst) = (count, largestFirst)
    let (x, output) = (site.input(0), site.indexOutput)
    let order = site.table([Int32](repeating: 0, count: width))
    let other = site.table([Int32](repeating: 0, count: width))
    return { memory in
      for i in 0..<rows {
        let (x, output) = (memory[x] + i * width, memory[output] + i * count)
        /// Whether the number at place b has to stand before the one at place a, which comes earlier.
        @inline(__always)
        func precedes(_ b: Int32, _ a: Int32) -> Bool {
          let (p, q) = (x[Int(b)], x[Int(a)])
          if q != q { return p == p }
          return largestFirst ? p > q : p < q
        }
        if count == 1 {
          var best: Int32 = 0
          for j in 1..<max(Int32(width), 1) where precedes(j, best) { best = j }
          output[0] = best
          continue
        }
        for j in 0..<width { order[j] = Int32(truncatingIfNeeded: j) }
        // Merge sort from the bottom up.
        var (from, to) = (order, other)
        var run = 1
        while run < width {
          var start = 0
          while start < width {
            let (middle, end) = (min(start + run, width), min(start + 2 * run, width))
            var (a, b) = (start, middle)
            for k in start..<end {
              if b < end && (a >= middle || precedes(from[b], from[a])) {
                to[k] = from[b]
                b += 1
              } else {
                to[k] = from[a]
                a += 1
              }
            }
            start = end
          }
          swap(&from, &to)
          run *= 2
        }
        for j in 0..<count { output[j] = from[j] }
      }
    }
  }
}

/// The places of the `count` largest numbers of each row of the last axis, the largest first.
package func topPositions(_ x: Tensor, count: Int) -> IndexTensor { positions(x, count, largestFirst: true) }

/// The places of the numbers of each row of the last axis from the smallest to the largest.
package func sortedPositions(_ x: Tensor) -> IndexTensor { positions(x, x.shape.last!, largestFirst: false) }

/// The place of the largest number of each row of the last axis, the first of equals.
package func largestPosition(_ x: Tensor) -> IndexTensor {
  reshape(topPositions(x, count: 1), x.shape.dropLast())
}

/// The numbers at the given places of each row of the last axis.
///
/// - Parameters:
///   - x: … × n.
///   - positions: … × k.
package func takeAlongRows(_ x: Tensor, _ positions: IndexTensor) -> Tensor {
  precondition(
    x.shape.dropLast() == positions.shape.dropLast(), "\(positions.shape) are no places in rows of \(x.shape)"
  )
  let operation = RowPositions(width: x.shape.last!, perRow: positions.shape.last!)
  let flat = IndexTensor(graph: x.graph, index: x.graph.append(operation, [positions.index]))
  return takeRows(reshape(x, [x.count]), flat)
}

/// The largest number of each row of the last axis; the derivative goes to the first of equals.
package func largest(_ x: Tensor) -> Tensor { pick(x, largestPosition(x)) }

private func positions(_ x: Tensor, _ count: Int, largestFirst: Bool) -> IndexTensor {
  let operation = SortedPositions(count: count, largestFirst: largestFirst)
  return IndexTensor(graph: x.graph, index: x.graph.append(operation, [x.index]))
}
