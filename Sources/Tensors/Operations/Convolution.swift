// A convolution (strictly a cross-correlation) is linear in the images and in the weights. Its two derivatives are
// linear in the same way, and each one's derivatives are the other two, so that three operations are closed under
// differentiation. All run image by image through `unfold`, whose result stays in the cache.

/// What the three operations share.
struct ConvolutionGeometry: Hashable, Sendable {
  let window: WindowGeometry
  let groups: Int
  let outputChannels: Int
  let interception: Int

  var groupInputs: Int { window.channels / groups }
  var groupOutputs: Int { outputChannels / groups }
  var inner: Int { window.windowRows * window.windowColumns * groupInputs }

  var weightShape: [Int] { [window.windowRows, window.windowColumns, groupInputs, outputChannels] }
  func imageShape(_ batch: Int) -> [Int] { [batch, window.rows, window.columns, window.channels] }
  func outputShape(_ batch: Int) -> [Int] {
    [batch, window.outputRows, window.outputColumns, outputChannels]
  }
  func flops(_ batch: Int) -> Int { 2 * batch * window.outputPlaces * outputChannels * inner }
  func channels(_ group: Int) -> Range<Int> { group * groupInputs..<(group + 1) * groupInputs }

  /// A product with an operand that is a derivative.
  func derivative(_ g: Tensor) -> Tensor { g.graph.intercepted(g, .derivative, interception) }
}

/// (images, weights) ↦ outputs.
struct Convolution: Operation {
  let geometry: ConvolutionGeometry

  var kind: String { "convolution" }

  func shape(_ inputs: [[Int]]) -> [Int] { geometry.outputShape(inputs[0][0]) }

  func gradients(_ node: Backward) -> [Tensor?] {
    let g = geometry.derivative(node.upstream)
    return [
      g.graph.tensor(ConvolutionImageGradient(geometry: geometry), [g, node.inputs[1]]),
      g.graph.tensor(ConvolutionWeightGradient(geometry: geometry), [node.inputs[0], g]),
    ]
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int { geometry.flops(output[0]) }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let (geometry, window) = (geometry, geometry.window)
    let (x, w, y) = (site.input(0), site.input(1), site.output)
    let (batch, places) = (site.shape[0], window.outputPlaces)
    let windowCount = places * geometry.inner
    let scratch = site.scratch(windowCount + productScratch)
    return { memory in
      let windows = memory[scratch]
      let panel = windows + windowCount
      for i in 0..<batch {
        for group in 0..<geometry.groups {
          unfold(
            memory[x] + i * window.imageSize, window, channels: geometry.channels(group), into: windows)
          let columns = group * geometry.groupOutputs
          multiply(
            Factor(windows, geometry.inner), Factor(memory[w] + columns, geometry.outputChannels),
            into: memory[y] + i * places * geometry.outputChannels + columns, geometry.outputChannels,
            rows: places, inner: geometry.inner, columns: geometry.groupOutputs, scratch: panel)
        }
      }
    }
  }
}

/// (outputs, weights) ↦ images: the adjoint in the images, and the transposed convolution.
struct ConvolutionImageGradient: Operation {
  let geometry: ConvolutionGeometry

  var kind: String { "convolution" }

  func shape(_ inputs: [[Int]]) -> [Int] { geometry.imageShape(inputs[0][0]) }

  func gradients(_ node: Backward) -> [Tensor?] {
    let u = geometry.derivative(node.upstream)
    return [
      u.graph.tensor(Convolution(geometry: geometry), [u, node.inputs[1]]),
      u.graph.tensor(ConvolutionWeightGradient(geometry: geometry), [u, node.inputs[0]]),
    ]
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int { geometry.flops(output[0]) }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let (geometry, window) = (geometry, geometry.window)
    let (g, w, images) = (site.input(0), site.input(1), site.output)
    let (batch, places) = (site.shape[0], window.outputPlaces)
    let windowCount = places * geometry.inner
    let scratch = site.scratch(windowCount + productScratch)
    return { memory in
      let windows = memory[scratch]
      let panel = windows + windowCount
      memory[images].update(repeating: 0, count: batch * window.imageSize)
      for i in 0..<batch {
        for group in 0..<geometry.groups {
          let columns = group * geometry.groupOutputs
          let g = memory[g] + i * places * geometry.outputChannels + columns
          multiply(
            Factor(g, geometry.outputChannels),
            Factor(memory[w] + columns, geometry.outputChannels, transposed: true), into: windows,
            geometry.inner, rows: places, inner: geometry.groupOutputs, columns: geometry.inner,
            scratch: panel)
          fold(
            windows, window, channels: geometry.channels(group),
            addingTo: memory[images] + i * window.imageSize)
        }
      }
    }
  }
}

/// (images, outputs) ↦ weights: the adjoint in the weights, added up from the first image to the last.
struct ConvolutionWeightGradient: Operation {
  let geometry: ConvolutionGeometry

  var kind: String { "convolution" }

  func shape(_ inputs: [[Int]]) -> [Int] { geometry.weightShape }

  func gradients(_ node: Backward) -> [Tensor?] {
    let u = geometry.derivative(node.upstream)
    return [
      u.graph.tensor(ConvolutionImageGradient(geometry: geometry), [node.inputs[1], u]),
      u.graph.tensor(Convolution(geometry: geometry), [node.inputs[0], u]),
    ]
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int { geometry.flops(inputs[0][0]) }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let (geometry, window) = (geometry, geometry.window)
    let (x, g, w) = (site.input(0), site.input(1), site.output)
    let (batch, places) = (site.inputShapes[0][0], window.outputPlaces)
    let windowCount = places * geometry.inner
    let scratch = site.scratch(windowCount + productScratch)
    let count = site.shape.product
    return { memory in
      let windows = memory[scratch]
      let panel = windows + windowCount
      if batch == 0 { memory[w].update(repeating: 0, count: count) }
      for i in 0..<batch {
        for group in 0..<geometry.groups {
          unfold(
            memory[x] + i * window.imageSize, window, channels: geometry.channels(group), into: windows)
          let columns = group * geometry.groupOutputs
          let w = memory[w] + columns
          multiply(
            Factor(windows, geometry.inner, transposed: true),
            Factor(memory[g] + i * places * geometry.outputChannels + columns, geometry.outputChannels),
            into: w,
            geometry.outputChannels, plus: i == 0 ? nil : Factor(w, geometry.outputChannels),
            rows: geometry.inner, inner: places, columns: geometry.groupOutputs, scratch: panel)
        }
      }
    }
  }
}

/// The cross-correlation of images with weights.
///
/// - Parameters:
///   - images: batch × rows × columns × channels.
///   - weights: window rows × window columns × (channels / groups) × output channels.
///   - padding: zeros around the images: above and below, left and right.
///   - groups: channels and output channels are cut into as many parts, each seeing only its own; as many as
///     channels for a depthwise convolution.
/// - Returns: batch × rows × columns × output channels.
package func convolution(
  _ images: Tensor, _ weights: Tensor, stride: Int = 1, padding: (Int, Int) = (0, 0), groups: Int = 1
) -> Tensor {
  precondition(
    weights.rank == 4, "weights are rows × columns × channels × output channels, not \(weights.shape)")
  let geometry = ConvolutionGeometry(
    window: WindowGeometry(images.shape, (weights.shape[0], weights.shape[1]), stride, padding),
    groups: groups,
    outputChannels: weights.shape[3], interception: images.graph.currentInterception)
  precondition(
    groups > 0 && images.shape[3] == weights.shape[2] * groups && weights.shape[3] % groups == 0,
    "\(weights.shape) in \(groups) groups do not fit images \(images.shape)")
  return images.graph.convolve(Convolution(geometry: geometry), images, weights, geometry)
}

/// The transposed convolution: the adjoint of `convolution` with the same weights, which spreads each input over a
/// window.
///
/// - Parameters:
///   - x: batch × rows × columns × input channels.
///   - weights: window rows × window columns × output channels × input channels.
///   - size: rows and columns of the result; `convolution` must lead from it to those of `x`.
package func transposedConvolution(
  _ x: Tensor, _ weights: Tensor, size: (Int, Int), stride: Int = 1, padding: (Int, Int) = (0, 0)
) -> Tensor {
  let geometry = ConvolutionGeometry(
    window: WindowGeometry(
      [x.shape[0], size.0, size.1, weights.shape[2]], (weights.shape[0], weights.shape[1]), stride, padding),
    groups: 1, outputChannels: weights.shape[3], interception: x.graph.currentInterception)
  precondition(
    geometry.outputShape(x.shape[0]) == x.shape, "no convolution of \(size) images leads to \(x.shape)")
  return x.graph.convolve(ConvolutionImageGradient(geometry: geometry), x, weights, geometry)
}

/// The cross-correlation of sequences with weights.
///
/// - Parameters:
///   - x: batch × length × channels.
///   - weights: window × (channels / groups) × output channels.
/// - Returns: batch × length × output channels.
package func convolution1D(
  _ x: Tensor, _ weights: Tensor, stride: Int = 1, padding: Int = 0, groups: Int = 1
) -> Tensor {
  precondition(x.rank == 3 && weights.rank == 3, "sequences are batch × length × channels, not \(x.shape)")
  // The sequence runs down the rows of an image one column wide.
  let images = reshape(x, [x.shape[0], x.shape[1], 1, x.shape[2]])
  let window = reshape(weights, [weights.shape[0], 1, weights.shape[1], weights.shape[2]])
  let y = convolution(images, window, stride: stride, padding: (padding, 0), groups: groups)
  return reshape(y, [y.shape[0], y.shape[1], y.shape[3]])
}

extension Graph {
  fileprivate func convolve(
    _ operation: some Operation, _ x: Tensor, _ weights: Tensor, _ geometry: ConvolutionGeometry
  ) -> Tensor {
    tensor(
      operation,
      [intercepted(x, .value, geometry.interception), intercepted(weights, .value, geometry.interception)])
  }
}
