import Diagnostics

/// A YAML value with the place it was written at. Scalars stay source text: the key that reads them gives the
/// type.
package indirect enum YAMLNode: Sendable {
  case scalar(YAMLScalar)
  case sequence([YAMLNode], SourceSpan)
  case mapping([YAMLEntry], SourceSpan)

  package var span: SourceSpan {
    switch self {
    case .scalar(let scalar): scalar.span
    case .sequence(_, let span), .mapping(_, let span): span
    }
  }
}

package struct YAMLScalar: Sendable {
  package let text: String
  package let span: SourceSpan
  /// Whether it was quoted or a block scalar: then it is text whatever it looks like.
  package let isQuoted: Bool

  package init(text: String, span: SourceSpan, isQuoted: Bool) {
    self.text = text
    self.span = span
    self.isQuoted = isQuoted
  }
}

package struct YAMLEntry: Sendable {
  package let key: YAMLScalar
  package let value: YAMLNode

  package init(key: YAMLScalar, value: YAMLNode) {
    self.key = key
    self.value = value
  }
}
