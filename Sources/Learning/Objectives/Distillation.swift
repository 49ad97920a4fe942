import Tensors

/// The divergence of a student from its teacher (Hinton, Vinyals & Dean 2015, §2): T²·KL(q‖p) of each row with
/// q = softmax(teacher/T) and p = softmax(student/T). The factor keeps gradients the size of those on labels.
///
/// - Parameters:
///   - student: logits, … × classes.
///   - teacher: logits, … × classes; no derivative flows into them.
///   - temperature: T > 0.
/// - Returns: … .
package func distillation(student: Tensor, teacher: Tensor, temperature: Double) -> Tensor {
  let teacher = logSoftmax(stopGradient(teacher) / temperature)
  let student = logSoftmax(student / temperature)
  return temperature * temperature * sum(exponential(teacher) * (teacher - student), axes: [-1])
}
