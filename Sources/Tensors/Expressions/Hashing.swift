/// A large tensor whose entries are shared values by number, each with a sign (HashedNets, Chen et al. 2015). The
/// derivative of a shared value is the sum over its places, in their order.
///
/// - Parameters:
///   - shared: values.
///   - shape: of the result.
///   - places: for each entry of the result, the number of its value.
///   - signs: for each entry 1 or −1; nil for 1 everywhere.
package func hashed(_ shared: Tensor, _ shape: [Int], places: [Int32], signs: [Double]? = nil) -> Tensor {
  let graph = shared.graph
  let taken = takeRows(shared, graph.indexConstant(places, shape))
  return signs.map { taken * graph.constant($0, shape) } ?? taken
}
