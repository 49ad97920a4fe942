import Experiments

/// One opening of evaluation data: which plan looked at which evaluation, in which profile.
///
/// A look is the same look when it is repeated; a changed plan or evaluation is a new one.
package struct Look: Hashable, Sendable {
  package let experiment: String
  package let profile: String
  /// Digest of the experiment's searches and evaluations with part revisions.
  package let plan: Digest
  /// Digest of what is evaluated: cells, rows and seeds.
  package let evaluation: Digest

  package init(experiment: String, profile: String, plan: Digest, evaluation: Digest) {
    self.experiment = experiment
    self.profile = profile
    self.plan = plan
    self.evaluation = evaluation
  }
}
