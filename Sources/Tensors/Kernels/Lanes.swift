/// Eight numbers from place `i` on.
@inline(__always)
func load<Element: Scalar>(_ x: UnsafePointer<Element>, _ i: Int) -> SIMD8<Element> {
  UnsafeRawPointer(x + i).loadUnaligned(as: SIMD8<Element>.self)
}

/// Writes eight numbers.
@inline(__always)
func store<Element: Scalar>(_ values: SIMD8<Element>, to x: UnsafeMutablePointer<Element>) {
  UnsafeMutableRawPointer(x).storeBytes(of: values, as: SIMD8<Element>.self)
}

/// out ← f(x, y), eight numbers at a time; `out` may be `x` or `y`, which keeps plain loops from vectorising.
///
/// - Parameters:
///   - one: f for one number.
///   - eight: the same f for eight.
@inline(__always)
func combine<Element: Scalar>(
  _ x: UnsafePointer<Element>, _ y: UnsafePointer<Element>, into out: UnsafeMutablePointer<Element>,
  count: Int,
  _ one: (Element, Element) -> Element, _ eight: (SIMD8<Element>, SIMD8<Element>) -> SIMD8<Element>
) {
  let whole = count & ~7
  var i = 0
  while i < whole {
    store(eight(load(x, i), load(y, i)), to: out + i)
    i &+= 8
  }
  while i < count {
    out[i] = one(x[i], y[i])
    i &+= 1
  }
}
