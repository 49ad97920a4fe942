/// How wide text may become, in units of its font size.
///
/// The reader's font is not known. Widths are advances of DejaVu Sans, about the widest of the usual
/// interface fonts, so a label drawn in another is narrower than its box.
enum TextMeasure {
  /// Advances of U+0020 … U+007E in thousandths.
  private static let ascii: [Double] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
    1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
    603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
    500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
  ]

  /// Width of one line at font size 1.
  static func width(_ text: String) -> Double {
    text.unicodeScalars.reduce(0) { $0 + width($1) } / 1000
  }

  private static func width(_ scalar: Unicode.Scalar) -> Double {
    switch scalar.value {
    case 0x20...0x7E: ascii[Int(scalar.value - 0x20)]
    case 0x00B2, 0x00B3, 0x00B9, 0x2070...0x2079, 0x2080...0x2089: 401
    case 0x207A...0x207C: 528
    case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
    case 0x00A0...0x024F where scalar.properties.isUppercase: 800
    case 0x00A0...0x024F, 0x0370...0x03FF: 680
    case 0x0400...0x052F: 1080
    case 0x2010...0x2015, 0x2018...0x2026, 0x2200...0x22FF: 1000
    case 0x2E80...0xFFDC: 1030
    case 0x1F000...0x1FAFF: 1400
    default: 1000
    }
  }
}
