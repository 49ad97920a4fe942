import Experiments

/// What expressions may refer to: the tables of the experiments above, known before anything has run.
package struct ExpressionScope: Sendable {
  /// In the order of the study.
  package let schemas: [TableSchema]

  package init(_ schemas: [TableSchema]) {
    self.schemas = schemas
  }

  /// The table of that name (`honest`, `honest.steps`), or nil.
  package func schema(_ name: String) -> TableSchema? { schemas.first { $0.name == name } }

  /// The names of all tables.
  package var names: [String] { schemas.map(\.name) }

  /// The names of the experiments, without their further tables.
  var experiments: [String] { names.filter { !$0.contains(".") } }
}
