import Parts

/// All registered tuners, by name.
package let tunerRegistry = Registry<any Tuner.Type>(
  .tuner,
  [
    GridSearch.self,
    RandomSearch.self,
  ], name: { $0.name })
