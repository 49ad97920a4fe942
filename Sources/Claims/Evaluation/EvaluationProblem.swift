/// Why an expression has no value on the results at hand, in words for the report.
package struct EvaluationProblem: Error, Hashable, Sendable {
  package let message: String
}
