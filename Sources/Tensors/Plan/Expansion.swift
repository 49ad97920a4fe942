/// Repeats an operand's elements over a larger shape, a block at a time.
struct Expansion<Element: Scalar> {
  private let rank: Int
  private let sizes: UnsafeMutablePointer<Int>
  private let strides: UnsafeMutablePointer<Int>
  /// Where the next element lies in each dimension, kept here so that a run needs no memory.
  private let coordinates: UnsafeMutablePointer<Int>

  init(_ walk: Walk, _ site: Site<Element>) {
    rank = walk.sizes.count
    sizes = site.table(walk.sizes)
    strides = site.table(walk.strides)
    coordinates = site.table([Int](repeating: 0, count: walk.sizes.count))
  }

  /// Writes the elements `start` ..< `start + count` of the repeated operand.
  @inline(__always)
  func write(
    _ source: UnsafePointer<Element>, from start: Int, count: Int,
    into destination: UnsafeMutablePointer<Element>
  ) {
    var rest = start
    var offset = 0
    var axis = rank - 1
    while axis >= 0 {
      let size = sizes[axis]
      let coordinate = rest % size
      rest /= size
      coordinates[axis] = coordinate
      offset += coordinate * strides[axis]
      axis -= 1
    }
    let inner = rank - 1
    let innerStride = strides[inner]
    let innerSize = sizes[inner]
    var written = 0
    while written < count {
      let length = min(innerSize - coordinates[inner], count - written)
      let run = destination + written
      if innerStride == 0 {
        let value = source[offset]
        for i in 0..<length { run[i] = value }
      } else if innerStride == 1 {
        let from = source + offset
        for i in 0..<length { run[i] = from[i] }
      } else {
        for i in 0..<length { run[i] = source[offset + i * innerStride] }
      }
      written += length
      // On to the next run: the innermost dimension starts again, the others count up.
      offset -= coordinates[inner] * innerStride
      coordinates[inner] = 0
      var axis = inner - 1
      while axis >= 0 {
        coordinates[axis] += 1
        offset += strides[axis]
        if coordinates[axis] < sizes[axis] { break }
        offset -= sizes[axis] * strides[axis]
        coordinates[axis] = 0
        axis -= 1
      }
    }
  }
}
