/// The kinds of mistake, each with the name that stands in brackets behind a message and in the manual.
package enum DiagnosticCode: String, CaseIterable, Sendable {
  // The file
  case unreadableFile = "unreadable-file"
  case fileTooLarge = "file-too-large"
  case notUTF8 = "not-utf-8"
  case emptyStudy = "empty-study"
  // Markdown
  case unclosedFence = "unclosed-fence"
  case unknownBlock = "unknown-block"
  case badBlockName = "bad-block-name"
  case duplicateName = "duplicate-name"
  case missingFrontMatter = "missing-front-matter"
  // YAML
  case yamlSyntax = "yaml-syntax"
  case yamlAlias = "yaml-alias"
  case yamlTag = "yaml-tag"
  case yamlMergeKey = "yaml-merge-key"
  case duplicateKey = "duplicate-key"
  case tooDeep = "too-deep"
  // Keys and values
  case unknownKey = "unknown-key"
  case missingKey = "missing-key"
  case wrongType = "wrong-type"
  case outOfRange = "out-of-range"
  case unknownPart = "unknown-part"
  case unknownHyperparameter = "unknown-hyperparameter"
  case badSpace = "bad-space"
  case conflictingPaths = "conflicting-paths"
  case unknownProfile = "unknown-profile"
  case notARestriction = "not-a-restriction"
  // Data
  case badSubset = "bad-subset"
  case unknownData = "unknown-data"
  case missingFile = "missing-file"
  case corruptedFile = "corrupted-file"
  case pathEscapes = "path-escapes"
  case badDataFile = "bad-data-file"
  case missingRole = "missing-role"
  case emptySubset = "empty-subset"
  // Protocols
  case overlappingSeeds = "overlapping-seeds"
  case overlappingRows = "overlapping-rows"
  case unequalEffort = "unequal-effort"
  case wrongProtocol = "wrong-protocol"
  case emptyExperiment = "empty-experiment"
  case equalCells = "equal-cells"
  // Stages
  case unknownArtefact = "unknown-artefact"
  case noPartner = "no-partner"
  case missingItems = "missing-items"
  // Programs of authors
  case untrustedCommand = "untrusted-command"
  // References and expressions
  case unknownBlockReference = "unknown-block-reference"
  case laterBlockReference = "later-block-reference"
  case cyclicReference = "cyclic-reference"
  case expressionSyntax = "expression-syntax"
  case unknownColumn = "unknown-column"
  case unknownLevel = "unknown-level"
  case unknownFunction = "unknown-function"
  case expressionType = "expression-type"
  case notBuiltYet = "not-built-yet"
  // Templates of reports
  case badTemplate = "bad-template"
}
