/// The names a template may use; `templates/README.md` says what each stands for, and a test compares the
/// two.
package enum TemplateVocabulary {
  package static let sortedNames: [String] = names.sorted()

  static let names: Set<String> = page.union(index).union(blocks).union(tables)

  private static let page: Set<String> = [
    "appendixAnchor", "body", "claims", "contents", "digest", "hasClaims", "hasContents", "hasProvenance",
    "hasValues", "hasWarnings", "head", "isFinal", "ledger", "ledgerAnchor", "level", "looks", "panels",
    "paper",
    "profile", "provenance", "provenanceAnchor", "study", "style", "summary", "title", "values",
    "valuesAnchor", "warnings",
  ]

  private static let index: Set<String> = [
    "chart", "claimed", "claimsPage", "cost", "count", "hasVerdicts", "href", "indexPage", "state", "studies",
    "tally",
    "themes", "totals", "trials", "verdicts",
  ]

  private static let blocks: Set<String> = [
    "alternative", "anchor", "caption", "data", "evidence", "facts", "hasData", "hasFacts", "hasMarks",
    "hasNotes", "hasReadings", "listing", "readings", "isLeaky", "isProvisional", "kind", "label", "mark",
    "marks", "name", "notes", "origin", "panel",
    "picture", "protocol", "reason", "sameData", "sentence", "statement", "symbol", "table", "tables",
    "value",
    "verdict",
    "verdictClass",
  ]

  private static let tables: Set<String> = [
    "cells", "columns", "ground", "grounds", "hasGrounds", "interval", "isHeader", "isNumeric", "isRepeat",
    "places",
    "rows", "rule", "text",
  ]
}
