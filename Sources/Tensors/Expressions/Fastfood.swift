/// The random parts of a Fastfood projection (Le, Sarlós & Smola 2013): for each block of n = 2^k rows, random signs,
/// a permutation and Gaussian numbers.
package struct FastfoodBlock: Sendable {
  let signs: [Double]
  let permutation: [Int32]
  let gaussians: [Double]

  /// - Parameters:
  ///   - signs: n numbers 1 or −1.
  ///   - permutation: 0 ..< n in random order.
  ///   - gaussians: n standard normal numbers.
  package init(signs: [Double], permutation: [Int32], gaussians: [Double]) {
    precondition(
      signs.count == permutation.count && signs.count == gaussians.count,
      "signs, permutation and numbers of a block have one length")
    self.signs = signs
    self.permutation = permutation
    self.gaussians = gaussians
  }

  /// The length of a block for `dimensions` coordinates: the next power of two.
  package static func length(_ dimensions: Int) -> Int {
    precondition(dimensions > 0, "a projection needs a coordinate")
    return dimensions == 1 ? 1 : 1 << (Int.bitWidth - (dimensions - 1).leadingZeroBitCount)
  }
}

/// P·z: a few coordinates spread over many weights by a random projection that needs no matrix; its adjoint is the
/// gradient with respect to z.
///
/// Each block is H·G·Π·H·B·z with the Walsh–Hadamard matrix H, z padded with zeros to a power of two. Blocks are
/// stacked and cut off after `count` rows. Columns have unit length exactly where the last block is whole, and
/// otherwise on average.
///
/// - Parameters:
///   - z: dimensions.
///   - blocks: enough for `count` rows.
/// - Returns: count.
package func fastfood(_ z: Tensor, count: Int, blocks: [FastfoodBlock]) -> Tensor {
  let (graph, dimensions) = (z.graph, z.shape[0])
  let n = FastfoodBlock.length(dimensions)
  let rows = [blocks.count, n]
  precondition(
    blocks.allSatisfy { $0.signs.count == n } && blocks.count * n >= count,
    "\(count) weights from \(dimensions) coordinates need \((count + n - 1) / n) blocks of \(n)")
  let padded = broadcast(pad(z, axis: 0, before: 0, after: n - dimensions), to: rows)
  let mixed = walshHadamard(padded * graph.constant(blocks.flatMap(\.signs), rows))
  let permuted = takeAlongRows(mixed, graph.indexConstant(blocks.flatMap(\.permutation), rows))
  // Every entry of H·G·Π·H·B has the mean square Σ g² of its block.
  let factors = blocks.flatMap { block -> [Double] in
    let scale = 1 / (block.gaussians.reduce(0) { $0 + $1 * $1 } * Double(count)).squareRoot()
    return block.gaussians.map { $0 * scale }
  }
  let result = walshHadamard(permuted * graph.constant(factors, rows))
  return slice(reshape(result, [blocks.count * n]), axis: 0, 0..<count)
}
