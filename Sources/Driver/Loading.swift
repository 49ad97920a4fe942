import Datasets
import Diagnostics
import Experiments
import Markup
import Parts
import Procedures
import Studies
import Tensors
import Tuners

/// The data sets of this home.
func makeLibrary(_ home: Home) -> DataLibrary { DataLibrary(folder: home.data) }

/// A registered tuner by name; studies are checked before one is asked for.
func makeTuner(_ name: String, _ settings: Settings) -> any Tuner {
  guard let tuner = tunerRegistry[name] else {
    preconditionFailure("unregistered tuner '\(name)' in a checked study")
  }
  return tuner.init(settings)
}

/// The numerics that results depend on: engine revision, kernel family, library version.
package func numericsDescription() -> String { numericsFingerprint }

/// Reads and checks studies, and prints what is wrong with them.
struct StudyLoader {
  let resolver: LibraryResolver
  let fingerprint: String

  /// The study in a profile; nil after mistakes, which were printed.
  func load(_ path: String, profile: String) -> CheckedStudy? {
    var log = DiagnosticLog()
    let study = read(path, profile: profile, log: &log)
    for diagnostic in log.sorted { Console.error(diagnostic.rendered) }
    return study
  }

  /// The study in a profile; nil where the log has errors.
  func read(_ path: String, profile: String, log: inout DiagnosticLog) -> CheckedStudy? {
    resolver.begin(path)
    guard let source = StudyFile.load(path, log: &log) else { return nil }
    let document = MarkdownReader.read(source, log: &log)
    let reading = StudyReading(
      catalogue: partCatalogue, resolver: resolver, fingerprint: fingerprint, tuner: makeTuner)
    let study = reading.study(document, profile: profile, log: &log)
    return log.hasErrors ? nil : study
  }
}
