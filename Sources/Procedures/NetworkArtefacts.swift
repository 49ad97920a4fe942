import Experiments
import Learning
import Parts

/// What trained networks keep and start from, the same for every procedure that trains one.
enum NetworkArtefacts {
  static let weights = ArtefactDeclaration(
    "weights", .weights, "all parameters after training, in the model's order")
  static let logits = ArtefactDeclaration(
    "logits", .logits, items: [.calibrate, .score],
    "outputs before the softmax after training, a row an item and a column a class")
  static let initialWeights = InputDeclaration(
    "initial-weights", .weights, takesSeveral: false, isRequired: false,
    "parameters to train from in place of drawn ones, of a model of the same shape")

  /// Puts the parameters that the trial starts from into the network, where the study connects some.
  ///
  /// Only parameters travel: features are standardised by this trial's own fit rows.
  static func load(into network: Network, _ context: TrialContext) throws {
    guard context.has(initialWeights.name) else { return }
    let found = try context.wholes(initialWeights.name).flatMap(\.content.arrays)
    guard found.count == 1, found[0].values.count == network.parameters.count else {
      throw ArtefactError.malformed(
        "\(found.map { String($0.values.count) }.joined(separator: " and ")) parameters, where the model has "
          + "\(network.parameters.count)")
    }
    for (place, value) in found[0].values.enumerated() { network.parameters.base[place] = value }
  }

  /// Keeps of a trained network what the study asks for.
  ///
  /// - Parameter outputs: the network's outputs for the rows of a role, rows × outputs.
  static func keep(
    _ network: Network, _ context: TrialContext, outputs: (DataRole) -> [Float]
  ) throws -> [Artefact] {
    var artefacts: [Artefact] = []
    if context.keeps(weights.name) {
      let count = network.parameters.count
      let values = Array(UnsafeBufferPointer(start: network.parameters.base, count: count))
      let array = ArtefactContent.Array(name: "parameters", shape: [count], values: values)
      artefacts.append(try context.keep(weights.name, .weights, [array]))
    }
    if context.keeps(logits.name) {
      let roles = logits.items.filter(context.has)
      artefacts.append(
        try context.keep(
          logits.name, .logits, width: network.outputs, parts: roles.map { ($0, outputs($0)) }))
    }
    return artefacts
  }
}
