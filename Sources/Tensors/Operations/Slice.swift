/// A range of one axis. Its adjoint is `Pad`. At the outermost axis it is a view.
struct Slice: Operation {
  let axis: Int
  let range: Range<Int>

  func shape(_ inputs: [[Int]]) -> [Int] {
    var shape = inputs[0]
    precondition(range.upperBound <= shape[axis], "\(range) is outside axis \(axis) of \(shape)")
    shape[axis] = range.count
    return shape
  }

  func gradients(_ node: Backward) -> [Tensor?] {
    let size = node.inputs[0].shape[axis]
    return [pad(node.upstream, axis: axis, before: range.lowerBound, after: size - range.upperBound)]
  }

  func viewOffset(_ inputs: [[Int]]) -> Int? {
    let outer = inputs[0][..<axis].reduce(1, *)
    return outer == 1 ? range.lowerBound * inputs[0][(axis + 1)...].reduce(1, *) : nil
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let shape = site.inputShapes[0]
    let inner = shape[(axis + 1)...].reduce(1, *)
    let (stride, start, length) = (shape[axis] * inner, range.lowerBound * inner, range.count * inner)
    return copyRows(
      site, rows: shape[..<axis].reduce(1, *), length: length, from: (start, stride), to: (0, length))
  }
}

/// Zeros before and after along one axis. Its adjoint is `Slice`.
struct Pad: Operation {
  let axis: Int
  let before: Int
  let after: Int

  func shape(_ inputs: [[Int]]) -> [Int] {
    var shape = inputs[0]
    shape[axis] += before + after
    return shape
  }

  func gradients(_ node: Backward) -> [Tensor?] {
    [slice(node.upstream, axis: axis, before..<before + node.inputs[0].shape[axis])]
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let shape = site.inputShapes[0]
    let inner = shape[(axis + 1)...].reduce(1, *)
    let rows = shape[..<axis].reduce(1, *)
    let (left, length, right) = (before * inner, shape[axis] * inner, after * inner)
    let (x, y) = (site.input(0), site.output)
    return { memory in
      for i in 0..<rows {
        let y = memory[y] + i * (left + length + right)
        y.update(repeating: 0, count: left)
        (y + left).update(from: memory[x] + i * length, count: length)
        (y + left + length).update(repeating: 0, count: right)
      }
    }
  }
}

/// Several tensors one after another along one axis.
struct Concatenate: Operation {
  let axis: Int

  func shape(_ inputs: [[Int]]) -> [Int] {
    var shape = inputs[0]
    shape[axis] = 0
    for input in inputs {
      var other = input
      other[axis] = 0
      var own = shape
      own[axis] = 0
      precondition(other == own, "\(inputs) differ in more than axis \(axis)")
      shape[axis] += input[axis]
    }
    return shape
  }

  func gradients(_ node: Backward) -> [Tensor?] {
    var start = 0
    return node.inputs.map { input in
      defer { start += input.shape[axis] }
      return slice(node.upstream, axis: axis, start..<start + input.shape[axis])
    }
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let inner = site.shape[(axis + 1)...].reduce(1, *)
    let rows = site.shape[..<axis].reduce(1, *)
    let width = site.shape[axis] * inner
    let count = site.inputShapes.count
    let lengths = site.table(site.inputShapes.map { $0[axis] * inner })
    let parts = site.table((0..<count).map { site.input($0) })
    let output = site.output
    return { memory in
      var start = 0
      for part in 0..<count {
        let (x, length) = (memory[parts[part]], lengths[part])
        for i in 0..<rows { (memory[output] + i * width + start).update(from: x + i * length, count: length) }
        start += length
      }
    }
  }
}

/// Copies `length` neighbouring numbers of each row.
private func copyRows<Element: Scalar>(
  _ site: Site<Element>, rows: Int, length: Int, from: (start: Int, stride: Int),
  to: (start: Int, stride: Int)
) -> Kernel {
  let (x, y) = (site.input(0), site.output)
  return { memory in
    for i in 0..<rows {
      (memory[y] + to.start + i * to.stride).update(
        from: memory[x] + from.start + i * from.stride, count: length)
    }
  }
}

/// The elements of `x` whose place along `axis` is in `range`.
package func slice(_ x: Tensor, axis: Int, _ range: Range<Int>) -> Tensor {
  let axis = normalised([axis], rank: x.rank)[0]
  if range == 0..<x.shape[axis] { return x }
  let operation = Slice(axis: axis, range: range)
  if let value = x.uniformValue { return x.graph.constant(value, operation.shape([x.shape])) }
  // What is moved less before is moved faster after.
  if let inner = x.operation as? Permute {
    return permute(slice(x.inputs[0], axis: inner.axes[axis], range), inner.axes)
  }
  return x.graph.tensor(operation, [x])
}

/// `x` with zeros before and after along `axis`.
package func pad(_ x: Tensor, axis: Int, before: Int, after: Int) -> Tensor {
  precondition(before >= 0 && after >= 0, "padding cannot be negative")
  if before == 0 && after == 0 { return x }
  // Zeros around flattened rows with zeros around them.
  if x.rank == 1, x.operation is Reshape, let inner = x.inputs[0].operation as? Pad, inner.axis == 0 {
    let (rows, each) = (x.inputs[0].inputs[0], x.inputs[0].shape.dropFirst().reduce(1, *))
    return pad(
      reshape(rows, [rows.count]), axis: 0, before: before + each * inner.before,
      after: after + each * inner.after)
  }
  return x.graph.tensor(Pad(axis: normalised([axis], rank: x.rank)[0], before: before, after: after), [x])
}

/// Tensors one after another along `axis`; they agree in all other dimensions.
package func concatenate(_ parts: [Tensor], axis: Int) -> Tensor {
  precondition(!parts.isEmpty, "nothing to concatenate")
  let axis = normalised([axis], rank: parts[0].rank)[0]
  let parts = parts.flatMap { $0.operation as? Concatenate == Concatenate(axis: axis) ? $0.inputs : [$0] }
  if parts.count == 1 { return parts[0] }
  return parts[0].graph.tensor(Concatenate(axis: axis), parts)
}

/// Tensors of one shape side by side along a new first axis.
package func stack(_ parts: [Tensor]) -> Tensor {
  concatenate(parts.map { reshape($0, [1] + $0.shape) }, axis: 0)
}

/// `x` cut into `count` equal parts along `axis`.
package func split(_ x: Tensor, axis: Int, into count: Int) -> [Tensor] {
  let size = x.shape[normalised([axis], rank: x.rank)[0]]
  precondition(count > 0 && size % count == 0, "\(size) elements do not split into \(count) equal parts")
  let part = size / count
  return (0..<count).map { slice(x, axis: axis, $0 * part..<($0 + 1) * part) }
}

/// `x` repeated `count` times along `axis`.
package func tile(_ x: Tensor, axis: Int, count: Int) -> Tensor {
  let axis = normalised([axis], rank: x.rank)[0]
  var (inserted, shape) = (x.shape, x.shape)
  inserted.insert(1, at: axis)
  var repeated = inserted
  repeated[axis] = count
  shape[axis] *= count
  return reshape(broadcast(reshape(x, inserted), to: repeated), shape)
}
