/// A function that every operand of a matrix product or convolution passes through, such as a rounding to a
/// narrower format.
package struct ProductInterception {
  /// What an operand is.
  package enum Role: Hashable, Sendable {
    /// A value of the forward pass: an activation or a weight, also where a backward product reads it.
    case value
    /// A derivative: the operand that only backward products have.
    case derivative
  }

  let apply: (Tensor, Role) -> Tensor

  /// - Parameter apply: from an operand and its role to what the product reads instead, of the same shape.
  package init(_ apply: @escaping (_ operand: Tensor, _ role: Role) -> Tensor) { self.apply = apply }

  /// Rounds operands to narrow formats: values to one, derivatives to the other. The rounding itself is passed
  /// by derivatives unchanged (straight through).
  package static func rounding(value: NumberFormat, derivative: NumberFormat) -> ProductInterception {
    ProductInterception { roundedStraightThrough($0, $1 == .value ? value : derivative) }
  }
}

extension Graph {
  /// The number of the interception in force.
  var currentInterception: Int { interceptions.count - 1 }

  /// `operand` as the product that was built under the interception numbered `number` reads it.
  func intercepted(_ operand: Tensor, _ role: ProductInterception.Role, _ number: Int) -> Tensor {
    guard let interception = interceptions[number] else { return operand }
    let result = interception.apply(operand, role)
    precondition(result.shape == operand.shape, "an interception may not change an operand's shape")
    return result
  }
}
