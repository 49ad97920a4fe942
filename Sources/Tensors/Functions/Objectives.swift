/// −ln softmax(logits)[label] of each row, in nats.
///
/// - Parameters:
///   - logits: … × classes.
///   - labels: …, the true class of each row.
///   - smoothing: the share ε of the target that is spread evenly over all classes (Szegedy et al. 2016).
/// - Returns: … .
package func crossEntropy(_ logits: Tensor, _ labels: IndexTensor, smoothing: Double = 0) -> Tensor {
  precondition(smoothing >= 0 && smoothing <= 1, "a share lies between 0 and 1")
  let hit = pick(logits, labels)
  let target = smoothing == 0 ? hit : (1 - smoothing) * hit + smoothing * mean(logits, axes: [-1])
  return logSumExp(logits) - target
}

/// −Σ targets·ln softmax(logits) of each row, in nats.
///
/// - Parameters:
///   - logits: … × classes.
///   - targets: … × classes; each row is a distribution.
/// - Returns: … .
package func crossEntropy(_ logits: Tensor, targets: Tensor) -> Tensor {
  -sum(targets * logSoftmax(logits), axes: [-1])
}

/// −y·ln σ(x) − (1 − y)·ln(1 − σ(x)) for each element, from logits x and targets y in 0 … 1.
package func binaryCrossEntropy(_ logits: Tensor, targets: Tensor) -> Tensor {
  softplus(logits) - logits * targets
}

/// The mean of the elements where `mask` is 1; 0 where it is 0 everywhere.
///
/// - Parameter mask: 0 or 1, the shape of `x`.
package func maskedMean(_ x: Tensor, _ mask: Tensor) -> Tensor {
  sum(x * mask) / maximum(sum(mask), 1)
}
