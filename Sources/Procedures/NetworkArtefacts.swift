import Experiments
import Parts
import Tensors

/// What fitted models keep and start from, the same for every procedure that fits one.
enum NetworkArtefacts {
  static let weights = ArtefactDeclaration(
    "weights", .weights, needsTraining: true, "networks: all parameters after training, in the model's order")
  static let logits = ArtefactDeclaration(
    "logits", .logits, items: [.calibrate, .score, .elsewhere],
    "outputs before the softmax after training, a row an item and a column a class; of models without them the "
      + "logarithms of their probabilities")
  static let initialWeights = InputDeclaration(
    "initial-weights", .weights, takesSeveral: false, isRequired: false, needsTraining: true,
    "networks: parameters to train from in place of drawn ones, of a model of the same shape")

  /// Puts the parameters that the trial starts from into those of a network, where the study connects some.
  ///
  /// Only parameters travel: features are standardised by this trial's own fit rows.
  static func load(into parameters: FloatBuffer, _ context: TrialContext) throws {
    guard context.has(initialWeights.name) else { return }
    let found = try context.wholes(initialWeights.name).flatMap(\.content.arrays)
    guard found.count == 1, found[0].values.count == parameters.count else {
      throw ArtefactError.malformed(
        "\(found.map { String($0.values.count) }.joined(separator: " and ")) parameters, where the model has "
          + "\(parameters.count)")
    }
    for (place, value) in found[0].values.enumerated() { parameters.base[place] = value }
  }

  /// Throws where a model that is not trained is to keep parameters or to start from them, or to run in parts.
  static func refuse(_ model: any Part.Type, _ context: TrialContext) throws {
    guard context.keeps(weights.name) || context.has(initialWeights.name) || context.isPartial else { return }
    throw ProcedureError.noWeights(model: model.name)
  }

  /// Keeps what the study asks for.
  ///
  /// - Parameters:
  ///   - parameters: those of a network; nil for another model.
  ///   - outputs: how many numbers `rows` gives for a row.
  ///   - rows: the outputs for the rows of a role, rows × outputs.
  static func keep(
    _ parameters: FloatBuffer?, _ context: TrialContext, outputs: Int, rows: (DataRole) -> [Float]
  ) throws -> [Artefact] {
    var artefacts: [Artefact] = []
    if context.keeps(weights.name), let parameters {
      let values = Array(UnsafeBufferPointer(start: parameters.base, count: parameters.count))
      let array = ArtefactContent.Array(name: "parameters", shape: [values.count], values: values)
      artefacts.append(try context.keep(weights.name, .weights, [array]))
    }
    if context.keeps(logits.name) {
      let roles = logits.items.filter(context.has)
      artefacts.append(
        try context.keep(logits.name, .logits, width: outputs, parts: roles.map { ($0, rows($0)) }))
    }
    return artefacts
  }

  /// Numbers whose softmax are these probabilities; one of 0 counts as 10⁻³⁰.
  static func logits(of probabilities: [Double]) -> [Float] {
    probabilities.map { Float(logarithm(max($0, 1e-30))) }
  }
}
