import Experiments
import Parts
import Procedures
import Testing

@Suite struct DeclarationTests {
  private func isKebabCase(_ name: String) -> Bool {
    name.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil
  }

  @Test func everyFamilyIsThereInItsOrder() {
    let order: [PartFamily] = [
      .procedure, .continualLearner, .model, .optimizer, .schedule, .agent, .environment, .calibrator, .tuner,
      .measure, .dataset,
    ]
    let places = partCatalogue.declarations.map { order.firstIndex(of: $0.family)! }
    #expect(places == places.sorted())
    #expect(Set(places).count == PartFamily.allCases.count)
  }

  @Test func namesAreKebabCaseUniqueAndAlphabetical() {
    for family in PartFamily.allCases {
      let names = partCatalogue.names(family)
      for name in names { #expect(isKebabCase(name), "\(family) '\(name)'") }
      #expect(names == names.sorted(), "the \(family) registry is alphabetical")
      #expect(Set(names).count == names.count, "the \(family) registry names each part once")
    }
  }

  @Test(arguments: partCatalogue.declarations)
  func declarationIsComplete(part: PartDeclaration) {
    #expect(part.revision >= 1)
    #expect(!part.summary.isEmpty && !part.summary.contains("\n") && !part.summary.hasSuffix("."))
    let names = part.hyperparameters.map(\.name)
    #expect(Set(names).count == names.count)
    for hyperparameter in part.hyperparameters {
      #expect(isKebabCase(hyperparameter.name))
      #expect(!hyperparameter.meaning.isEmpty && !hyperparameter.meaning.contains("\n"))
      if let value = hyperparameter.defaultValue {
        #expect(allows(hyperparameter, value), "'\(hyperparameter.name)' of '\(part.name)'")
      }
    }
    for column in part.columns {
      #expect(isKebabCase(column.name) && !column.meaning.isEmpty)
    }
  }

  /// A study asks for measures by name in the same table as a procedure's own columns.
  @Test func ownColumnsAreNoMeasures() {
    let measures = Set(partCatalogue.names(.measure))
    for procedure in procedureRegistry.all {
      #expect(measures.isDisjoint(with: procedure.columns.map(\.name)))
    }
  }
}

extension PartDeclaration: CustomTestStringConvertible {
  package var testDescription: String { "\(family) \(name)" }
}
