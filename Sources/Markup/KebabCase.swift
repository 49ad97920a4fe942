/// Whether a text can name a block, a column, a profile or a study: lower-case letters, digits and single hyphens
/// between them, the first a letter, at most 64 in all.
package func isKebabCase(_ name: String) -> Bool {
  name.utf8.count <= 64 && name.utf8.first.map { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 } == true
    && kebabCase(name) == name
}

/// The words of a text in lower case, joined by hyphens: the name an author probably meant.
package func kebabCase(_ name: String) -> String {
  let words = name.lowercased().unicodeScalars.split { !("a"..."z" ~= $0 || "0"..."9" ~= $0) }
  return words.map { String($0) }.joined(separator: "-")
}
