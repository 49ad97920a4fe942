/// The Walsh–Hadamard transform of each row of the last axis, whose length is a power of two: H·x with
/// H₂ₙ = [[Hₙ, Hₙ], [Hₙ, −Hₙ]] and H₁ = 1. Symmetric, so its own adjoint; H·H = n.
struct WalshHadamard: Operation {
  var kind: String { "transform" }
  var reusableInput: Int? { 0 }

  func shape(_ inputs: [[Int]]) -> [Int] {
    let width = inputs[0].last ?? 0
    precondition(width > 0 && width & (width - 1) == 0, "rows of \(width) numbers are no power of two")
    return inputs[0]
  }

  func gradients(_ node: Backward) -> [Tensor?] { [walshHadamard(node.upstream)] }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int {
    output.product * (output.last!.trailingZeroBitCount)
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let (count, width) = (site.shape.product, site.shape.last!)
    let (x, y) = (site.input(0), site.output)
    return { memory in
      let y = memory[y]
      if memory[x] != y { y.update(from: memory[x], count: count) }
      var half = 1
      while half < width {
        var start = 0
        while start < count {
          let (low, high) = (y + start, y + start + half)
          for i in 0..<half {
            let (a, b) = (low[i], high[i])
            low[i] = a + b
            high[i] = a - b
          }
          start += 2 * half
        }
        half *= 2
      }
    }
  }
}

/// H·x for each row of the last axis (length a power of two), with entries ±1 and without a factor.
package func walshHadamard(_ x: Tensor) -> Tensor { x.graph.tensor(WalshHadamard(), [x]) }

/// Running sums along the last axis, from the first number on or from the last; each is the other's adjoint.
struct CumulativeSum: Operation {
  let fromEnd: Bool

  var kind: String { "sum" }
  var reusableInput: Int? { 0 }

  func shape(_ inputs: [[Int]]) -> [Int] { inputs[0] }

  func gradients(_ node: Backward) -> [Tensor?] {
    [node.upstream.graph.tensor(CumulativeSum(fromEnd: !fromEnd), [node.upstream])]
  }

  func flops(_ inputs: [[Int]], _ output: [Int]) -> Int { output.product }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let (count, width) = (site.shape.product, max(site.shape.last ?? 1, 1))
    let (x, y, fromEnd) = (site.input(0), site.output, fromEnd)
    return { memory in
      let (x, y) = (memory[x], memory[y])
      for row in stride(from: 0, to: count, by: width) {
        var total: Element = 0
        for j in 0..<width {
          let place = row + (fromEnd ? width - 1 - j : j)
          total += x[place]
          y[place] = total
        }
      }
    }
  }
}

/// Sums of the first 1, 2, … numbers of each row of the last axis.
package func cumulativeSum(_ x: Tensor) -> Tensor { x.graph.tensor(CumulativeSum(fromEnd: false), [x]) }

/// A complex tensor as two real ones.
package struct ComplexTensor {
  package var real: Tensor
  package var imaginary: Tensor

  package init(real: Tensor, imaginary: Tensor) {
    self.real = real
    self.imaginary = imaginary
  }
}

/// The orthonormal discrete Fourier transform along the last axis, X_k = n^(−½) Σ x_j e^(−2πi·jk/n), by products
/// with fixed matrices. Its inverse is its adjoint.
package func fourier(_ x: ComplexTensor, inverse: Bool = false) -> ComplexTensor {
  let n = x.real.shape.last!
  let scale = 1 / Double(n).squareRoot()
  // Angles are reduced exactly before the functions are evaluated.
  let angles = (0..<n * n).map { 2 * Double.pi * Double(($0 / n) * ($0 % n) % n) / Double(n) }
  let graph = x.real.graph
  let c = graph.constant(angles.map { scale * Double.cosine($0) }, [n, n])
  let s = graph.constant(angles.map { scale * Double.sine($0) * (inverse ? -1 : 1) }, [n, n])
  return ComplexTensor(
    real: matmul(x.real, c) + matmul(x.imaginary, s), imaginary: matmul(x.imaginary, c) - matmul(x.real, s))
}

/// The orthonormal Fourier transform along the last two axes.
package func fourier2D(_ x: ComplexTensor, inverse: Bool = false) -> ComplexTensor {
  func transposed(_ x: ComplexTensor) -> ComplexTensor {
    ComplexTensor(real: transpose(x.real), imaginary: transpose(x.imaginary))
  }
  return transposed(fourier(transposed(fourier(x, inverse: inverse)), inverse: inverse))
}
