/// Whether two numbers agree to a relative error, absolute below 1.
func close(_ a: Double, _ b: Double, _ tolerance: Double = 1e-13) -> Bool {
  abs(a - b) <= tolerance * max(1, abs(b))
}

/// Whether numbers agree one by one.
func close(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-11) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { close($0, $1, tolerance) }
}
