/// For each place of a window and each channel, where in all images the largest value lies; the first of equals.
struct LargestInWindow: Operation, WithoutGradient {
  let geometry: WindowGeometry

  func shape(_ inputs: [[Int]]) -> [Int] {
    [inputs[0][0], geometry.outputRows, geometry.outputColumns, geometry.channels]
  }
  var givesIndices: Bool { true }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int {
    output.product * (geometry.windowRows * geometry.windowColumns - 1)
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let (g, batch) = (geometry, site.shape[0])
    let (x, output) = (site.input(0), site.indexOutput)
    let scratch = site.scratch(g.channels)
    return { memory in
      let (x, best) = (memory[x], memory[scratch])
      var places = memory[output]
      for i in 0..<batch {
        for row in 0..<g.outputRows {
          for column in 0..<g.outputColumns {
            var isFirst = true
            for a in 0..<g.windowRows {
              for b in 0..<g.windowColumns {
                let (y, z) = (row &* g.stride &+ a &- g.padRows, column &* g.stride &+ b &- g.padColumns)
                if y < 0 || y >= g.rows || z < 0 || z >= g.columns { continue }
                let start = ((i &* g.rows &+ y) &* g.columns &+ z) &* g.channels
                let candidates = x + start
                if isFirst {
                  for k in 0..<g.channels {
                    best[k] = candidates[k]
                    places[k] = Int32(truncatingIfNeeded: start &+ k)
                  }
                  isFirst = false
                } else {
                  for k in 0..<g.channels {
                    // Two choices in turn, without branches: a NaN wins and then stays.
                    let (candidate, largest, place) = (candidates[k], best[k], places[k])
                    let here = Int32(truncatingIfNeeded: start &+ k)
                    let (value, at) = largest >= candidate ? (largest, place) : (candidate, here)
                    best[k] = largest == largest ? value : largest
                    places[k] = largest == largest ? at : place
                  }
                }
              }
            }
            places += g.channels
          }
        }
      }
    }
  }
}

/// The largest value of each channel in each place of a window; the derivative goes to the first of equals.
///
/// - Parameter images: batch × rows × columns × channels.
package func maxPool(_ images: Tensor, size: (Int, Int), stride: Int, padding: (Int, Int) = (0, 0)) -> Tensor
{
  precondition(padding.0 < size.0 && padding.1 < size.1, "a window must not lie in the padding altogether")
  let operation = LargestInWindow(geometry: WindowGeometry(images.shape, size, stride, padding))
  let places = IndexTensor(graph: images.graph, index: images.graph.append(operation, [images.index]))
  return takeRows(reshape(images, [images.count]), places)
}

/// The mean of each channel in each place of a window, which neither overlap nor leave anything out.
///
/// - Parameter images: batch × rows × columns × channels; rows and columns are multiples of `size`.
package func averagePool(_ images: Tensor, size: (Int, Int)) -> Tensor {
  let s = images.shape
  precondition(
    s.count == 4 && s[1] % size.0 == 0 && s[2] % size.1 == 0, "windows of \(size) do not divide images \(s)")
  return mean(reshape(images, [s[0], s[1] / size.0, size.0, s[2] / size.1, size.1, s[3]]), axes: [2, 4])
}

/// The mean of each channel over all places.
///
/// - Parameter images: batch × … × channels.
/// - Returns: batch × channels.
package func globalAveragePool(_ images: Tensor) -> Tensor { mean(images, axes: Array(1..<images.rank - 1)) }

/// Each place repeated `factor` times in both directions.
package func upsample(_ images: Tensor, by factor: Int) -> Tensor {
  let s = images.shape
  let spread = broadcast(
    reshape(images, [s[0], s[1], 1, s[2], 1, s[3]]), to: [s[0], s[1], factor, s[2], factor, s[3]])
  return reshape(spread, [s[0], s[1] * factor, s[2] * factor, s[3]])
}
