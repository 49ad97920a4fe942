/// What each place of a sliding window sees (im2col); linear, with `Fold` as its adjoint.
struct Unfold: Operation {
  let geometry: WindowGeometry

  func shape(_ inputs: [[Int]]) -> [Int] {
    [inputs[0][0], geometry.outputPlaces, geometry.windowRows * geometry.windowColumns * geometry.channels]
  }

  func gradients(_ node: Backward) -> [Tensor?] {
    [node.upstream.graph.tensor(Fold(geometry: geometry), [node.upstream])]
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let (geometry, batch, size) = (geometry, site.shape[0], site.shape[1] * site.shape[2])
    let (x, y) = (site.input(0), site.output)
    return { memory in
      for i in 0..<batch {
        unfold(
          memory[x] + i * geometry.imageSize, geometry, channels: 0..<geometry.channels,
          into: memory[y] + i * size)
      }
    }
  }
}

/// Adds what the places of a window hold to the images they came from (col2im).
struct Fold: Operation {
  let geometry: WindowGeometry

  var kind: String { "sum" }

  func shape(_ inputs: [[Int]]) -> [Int] {
    [inputs[0][0], geometry.rows, geometry.columns, geometry.channels]
  }

  func gradients(_ node: Backward) -> [Tensor?] {
    [node.upstream.graph.tensor(Unfold(geometry: geometry), [node.upstream])]
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int { inputs[0].product }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let geometry = geometry
    let (batch, size) = (site.inputShapes[0][0], site.inputShapes[0][1] * site.inputShapes[0][2])
    let (x, y) = (site.input(0), site.output)
    return { memory in
      memory[y].update(repeating: 0, count: batch * geometry.imageSize)
      for i in 0..<batch {
        fold(
          memory[x] + i * size, geometry, channels: 0..<geometry.channels,
          addingTo: memory[y] + i * geometry.imageSize)
      }
    }
  }
}

/// What each place of a window of `size` sees of `images`, with zeros around them.
///
/// - Parameter images: batch × rows × columns × channels.
/// - Returns: batch × places × (window rows × window columns × channels).
package func unfold(_ images: Tensor, size: (Int, Int), stride: Int = 1, padding: (Int, Int) = (0, 0))
  -> Tensor
{
  let geometry = WindowGeometry(images.shape, size, stride, padding)
  return images.graph.tensor(Unfold(geometry: geometry), [images])
}

extension WindowGeometry {
  init(_ images: [Int], _ size: (Int, Int), _ stride: Int, _ padding: (Int, Int)) {
    precondition(images.count == 4, "images are batch × rows × columns × channels, not \(images)")
    self.init(
      rows: images[1], columns: images[2], channels: images[3], windowRows: size.0, windowColumns: size.1,
      stride: stride, padRows: padding.0, padColumns: padding.1)
    check()
  }
}
