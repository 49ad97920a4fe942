/// x ← eˣ, element by element.
package func exponentiate(_ x: UnsafeMutablePointer<Double>, count: Int) {
  for i in 0..<count { x[i] = exponential(x[i]) }
}
