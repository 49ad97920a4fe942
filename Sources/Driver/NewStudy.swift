import Diagnostics
import Foundation
import Markup

/// Writes the skeleton of a new study, one that runs as it is.
package func newStudy(_ file: String) throws {
  let name = file.split(separator: "/").last.map(String.init) ?? file
  let slug = name.hasSuffix(".md") ? String(name.dropLast(3)) : ""
  guard isKebabCase(slug) else {
    throw Diagnostic(
      .badBlockName, "'\(name)' is not a study's name", at: nil, note: "names are kebab-case and end in .md",
      fix: "write a name such as 'studies/my-study.md'")
  }
  guard !FileManager.default.fileExists(atPath: file) else {
    throw Diagnostic(.duplicateName, "'\(file)' exists already", at: nil, fix: "choose another name")
  }
  let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  let words = slug.split(separator: "-").joined(separator: " ")
  try Data(skeleton(title: words.prefix(1).uppercased() + words.dropFirst()).utf8)
    .write(to: URL(fileURLWithPath: file))
  Console.output("wrote \(file); next: assay build \(file)")
}

private func skeleton(title: String) -> String {
  """
  ---
  title: \(title)
  profiles:
    quick: {tuned.tune.trials: 4, tuned.tune.repeats: 2, tuned.evaluate.seeds: 1000 .. 1002}
  ---

  # \(title)

  Say what the study asks. Tuned, a logistic regression reads handwritten digits with an accuracy of
  `= mean(tuned.accuracy where model = logistic) as percent`.

  ## Experiment

  ```experiment tuned
  protocol: tuning-evaluation
  procedure: classifier
  data: digits
  vary:
    model: [logistic, {mlp: {width: 32}}]
  tune:
    space: {learning-rate: 1e-4 .. 1 log}
    tuner: random
    trials: 8
    seeds: 0 .. 2
    repeats: 5
    data: {fit: part 1-3 of 5, score: part 4 of 5}
  evaluate:
    data: {fit: part 1-4 of 5, score: part 5 of 5}
    seeds: 1000 .. 1009
  measure: accuracy
  ```

  ## Results

  ```table results
  caption: Accuracy on rows that no search has seen
  from: tuned
  rows: model
  columns: [tuning.accuracy, accuracy, optimism]
  ```

  ## Verdicts

  ```claim accurate
  title: Logistic regression reads nine digits in ten
  that: mean(tuned.accuracy where model = logistic) > 0.9
  unit: [search, seed]
  ```

  ## Limits

  Say what a run of this size cannot show.

  """
}
