/// How a flat block of parameters is divided: which numbers belong to which weight, and how each is trained.
///
/// The gradient has the same layout.
package struct ParameterLayout: Sendable {
  package let slots: [ParameterSlot]
  /// Numbers in the block.
  package let count: Int
  /// Neighbouring slots of one group taken together: what an elementwise rule runs over.
  package let stretches: [Stretch]

  /// A range of the block that is trained alike.
  package struct Stretch: Hashable, Sendable {
    package let offset: Int
    package var count: Int
    package let group: ParameterGroup
  }

  /// - Parameter slots: in the order of their offsets; together they cover a block from 0 without gaps.
  package init(_ slots: [ParameterSlot]) {
    var end = 0
    var stretches: [Stretch] = []
    for slot in slots {
      precondition(slot.offset == end, "the slot '\(slot.name)' must start where the one before ends")
      end += slot.count
      if let last = stretches.last, last.group == slot.group {
        stretches[stretches.count - 1].count += slot.count
      } else {
        stretches.append(Stretch(offset: slot.offset, count: slot.count, group: slot.group))
      }
    }
    self.slots = slots
    self.stretches = stretches
    count = end
  }
}

/// One weight's place in the block.
package struct ParameterSlot: Hashable, Sendable {
  package let name: String
  /// Row-major.
  package let shape: [Int]
  package let offset: Int
  package let group: ParameterGroup

  package init(_ name: String, _ shape: [Int], offset: Int, group: ParameterGroup = ParameterGroup()) {
    self.name = name
    self.shape = shape
    self.offset = offset
    self.group = group
  }

  package var count: Int { shape.reduce(1, *) }
}

/// How a weight is trained, beside the rule of the optimizer.
package struct ParameterGroup: Hashable, Sendable {
  /// Multiplies the learning rate, as maximal-update parametrisation asks (Yang & Hu, ICML 2021, table 3); 0
  /// freezes the weight.
  package let rate: Double
  /// Whether weight decay concerns it; it spares biases and the scales of normalisation.
  package let decays: Bool

  package init(rate: Double = 1, decays: Bool = true) {
    self.rate = rate
    self.decays = decays
  }
}
