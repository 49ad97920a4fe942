/// The measures of a convolution or pooling over images stored as rows × columns × channels.
struct WindowGeometry: Hashable, Sendable {
  let rows: Int
  let columns: Int
  let channels: Int
  let windowRows: Int
  let windowColumns: Int
  let stride: Int
  /// Zeros around the image on every side.
  let padRows: Int
  let padColumns: Int

  var outputRows: Int { (rows + 2 * padRows - windowRows) / stride + 1 }
  var outputColumns: Int { (columns + 2 * padColumns - windowColumns) / stride + 1 }
  var outputPlaces: Int { outputRows * outputColumns }
  var imageSize: Int { rows * columns * channels }

  func check() {
    precondition(
      windowRows > 0 && windowColumns > 0 && stride > 0 && padRows >= 0 && padColumns >= 0
        && rows + 2 * padRows >= windowRows && columns + 2 * padColumns >= windowColumns,
      "a window of \(windowRows) × \(windowColumns) with stride \(stride) does not fit \(rows) × \(columns)")
  }
}

/// Lays out what each place of the window sees, with zeros outside the image (im2col).
///
/// - Parameters:
///   - image: rows × columns × all channels.
///   - channels: those that are read.
///   - windows: places × (window rows × window columns × channels read).
@inline(__always)
func unfold<Element: Scalar>(
  _ image: UnsafePointer<Element>, _ g: WindowGeometry, channels: Range<Int>,
  into windows: UnsafeMutablePointer<Element>
) {
  let depth = channels.count
  var out = windows
  for row in 0..<g.outputRows {
    for column in 0..<g.outputColumns {
      for i in 0..<g.windowRows {
        let y = row &* g.stride &+ i &- g.padRows
        let x0 = column &* g.stride &- g.padColumns
        if y >= 0 && y < g.rows && depth == g.channels && x0 >= 0 && x0 &+ g.windowColumns <= g.columns {
          // A whole row of the window lies side by side.
          let from = image + (y &* g.columns &+ x0) &* depth
          let length = g.windowColumns &* depth
          for k in 0..<length { out[k] = from[k] }
          out += length
          continue
        }
        for j in 0..<g.windowColumns {
          let x = x0 &+ j
          if y >= 0 && y < g.rows && x >= 0 && x < g.columns {
            let from = image + ((y &* g.columns &+ x) &* g.channels &+ channels.lowerBound)
            for k in 0..<depth { out[k] = from[k] }
          } else {
            for k in 0..<depth { out[k] = 0 }
          }
          out += depth
        }
      }
    }
  }
}

/// Adds what each place of the window holds to the image it came from, place by place (col2im): the adjoint of
/// `unfold`.
@inline(__always)
func fold<Element: Scalar>(
  _ windows: UnsafePointer<Element>, _ g: WindowGeometry, channels: Range<Int>,
  addingTo image: UnsafeMutablePointer<Element>
) {
  let depth = channels.count
  var from = windows
  for row in 0..<g.outputRows {
    for column in 0..<g.outputColumns {
      for i in 0..<g.windowRows {
        let y = row &* g.stride &+ i &- g.padRows
        let x0 = column &* g.stride &- g.padColumns
        if y >= 0 && y < g.rows && depth == g.channels && x0 >= 0 && x0 &+ g.windowColumns <= g.columns {
          let to = image + (y &* g.columns &+ x0) &* depth
          let length = g.windowColumns &* depth
          for k in 0..<length { to[k] += from[k] }
          from += length
          continue
        }
        for j in 0..<g.windowColumns {
          let x = x0 &+ j
          if y >= 0 && y < g.rows && x >= 0 && x < g.columns {
            let to = image + ((y &* g.columns &+ x) &* g.channels &+ channels.lowerBound)
            for k in 0..<depth { to[k] += from[k] }
          }
          from += depth
        }
      }
    }
  }
}
