import Experiments
import Protocols
import Reports

/// What the protocol panel says of an experiment's stages: what it keeps, what it starts from, what stands behind that.
enum StagePresentation {
  static func facts(_ results: ExperimentResults) -> [Fact] {
    let experiment = results.experiment
    var facts: [Fact] = []
    if experiment.isAuxiliary {
      facts.append(Fact("Role", "auxiliary: its seeds come from a pool of their own"))
    }
    for link in experiment.links {
      let match = link.match.isEmpty ? [] : ["the same \(link.match.joined(separator: ", "))"]
      let seeds = link.seeds == .same ? ["the same seed"] : []
      let joined = (match + seeds).isEmpty ? "" : " with \((match + seeds).joined(separator: " and "))"
      facts.append(
        Fact(
          "Starts from",
          "\(link.input) of \(link.experiment)" + joined + (link.seeds == .all ? ", all its seeds" : "")))
    }
    if let behind = rowsBehind(experiment.plan) {
      facts.append(Fact("Rows behind what it starts from", behind))
    }
    if !experiment.kept.isEmpty {
      facts.append(Fact("Keeps", experiment.kept.map(\.name).joined(separator: ", ")))
    }
    return facts
  }

  /// The rows that the stages before learned from or selected by; nil where it starts from nothing.
  private static func rowsBehind(_ plan: ExperimentPlan) -> String? {
    var places: [(place: String, texts: [String])] = []
    for rows in plan.cells.flatMap(\.evaluation.inputs).flatMap(\.lineage.rows) {
      let place = "\(rows.experiment) \(rows.place)"
      let text = rows.reference.text
      if let known = places.firstIndex(where: { $0.place == place }) {
        if !places[known].texts.contains(text) { places[known].texts.append(text) }
      } else {
        places.append((place, [text]))
      }
    }
    if places.isEmpty { return nil }
    return places.map { place, texts in
      texts.count == 1 ? "\(place): \(texts[0])" : "\(place): \(texts.count) subsets, such as \(texts[0])"
    }.joined(separator: "; ")
  }
}
