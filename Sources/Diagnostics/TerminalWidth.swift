/// How many columns of a terminal a scalar takes as diagnostics print it: 0 for combining marks, 2 for wide
/// East Asian characters and emoji, else 1 (Unicode Standard Annex 11, by blocks).
func terminalWidth(of scalar: Unicode.Scalar) -> Int {
  if scalar.isASCII || isInvisible(scalar) { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark: return 0
  default: return wideBlocks.contains { $0.contains(scalar.value) } ? 2 : 1
  }
}

/// Whether a scalar has no picture of its own: control characters, direction marks, line separators.
func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator: true
  default: false
  }
}

private let wideBlocks: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
  0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF,
  0x20000...0x3FFFD,
]
