import Experiments
import Randomness

/// One dimension of each kind, declared out of order.
let sampleSpace = Space([
  Dimension(name: "rate", path: ["rate"], domain: .number(from: 1e-4, to: 1, logarithmic: true)),
  Dimension(name: "activation", path: ["activation"], domain: .choice([.text("relu"), .text("tanh")])),
  Dimension(name: "width", path: ["model", "width"], domain: .integer(from: 1, to: 4, logarithmic: false)),
])

func stream(_ purpose: String, _ index: Int) -> RandomStream {
  RandomStream(seed: 11, role: "tuner", purpose: purpose, index: index)
}
