import Experiments
import Parts
import Procedures

/// A part's settings complete with its defaults, parts among them included; nil where one is required.
func completeSettings(_ hyperparameters: [Hyperparameter], _ given: [String: Setting] = [:]) -> Settings? {
  var settings = Settings(given)
  for hyperparameter in hyperparameters where settings[hyperparameter.name] == nil {
    guard let value = hyperparameter.defaultValue else { return nil }
    settings[hyperparameter.name] = value
  }
  return settings
}

/// A registered part as a setting, with its defaults where `given` is silent.
func part(_ family: PartFamily, _ name: String, _ given: [String: Setting] = [:]) -> Setting {
  .part(name, completeSettings(partCatalogue[family, name]!.hyperparameters, given)!)
}

/// What a procedure needs beside its defaults to serve the small data.
let smallSettings: [String: [String: Setting]] = [
  "class-incremental": ["sessions": .integer(3), "classes-per-session": .integer(1)],
  "conformal-selection-of-rows": ["rows": .integer(6), "threshold": .number(1)],
]

/// A registered procedure with its defaults where `given` is silent.
func procedure(_ name: String, _ given: [String: Setting] = [:]) -> any Procedure {
  let type = procedureRegistry[name]!
  return type.init(completeSettings(type.hyperparameters, given)!)
}

/// Whether a value is one the hyperparameter's declaration allows.
func allows(_ hyperparameter: Hyperparameter, _ value: Setting) -> Bool {
  switch (hyperparameter.kind, value) {
  case (.flag, .flag), (.text, .text): true
  case (.integer(let range), .integer(let number)): range.contains(number)
  case (.number(let range), .number(let number)): range.contains(number)
  case (.choice(let options), .text(let option)): options.contains(option)
  case (.part(let family), .part(let name, let settings)):
    partCatalogue[family, name].map { declaration in
      settings.names == declaration.hyperparameters.map(\.name).sorted()
        && declaration.hyperparameters.allSatisfy { allows($0, settings[$0.name]!) }
    } ?? false
  default: false
  }
}
