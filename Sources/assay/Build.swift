import ArgumentParser
import Driver

struct Build: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run what is missing and write the reports.",
    discussion: """
      Trials that were run before, by whatever study, are taken from the store. A report is replaced only when its \
      bytes differ. Interrupt at any time: the next build goes on where this one stopped.
      """)

  @OptionGroup var study: StudyOptions
  @OptionGroup var store: StoreOptions

  @Option(help: "Run only this experiment of the studies, and no report.")
  var only: String?

  @Option(help: "The folder for reports; 'output' for the full profile, 'output/PROFILE' for others.")
  var output: String?

  @OptionGroup var running: RunOptions

  @Flag(help: "Let the studies run the programs they declare, this once.")
  var trust = false

  @Option(help: "A file of trusted studies besides your own, as 'assay trust' writes one for a project.")
  var trustList: String?

  @Flag(
    help: "Fail where a verdict is not the expected one, a precondition fails or an interval is unreliable.")
  var strict = false

  @Option(help: "'json' also writes every value, interval and verdict as JSON beside the reports.")
  var format: Format?

  enum Format: String, ExpressibleByArgument { case json }

  @Flag(help: "Print nothing but mistakes and failed trials.")
  var quiet = false

  @Flag(help: "Print events for tools on standard output, one JSON object a line.")
  var json = false

  mutating func validate() throws {
    if quiet, json { throw ValidationError("--quiet and --json exclude each other") }
  }

  func run() throws {
    var trusted = Driver.Trust()
    trusted.isComplete = trust
    if let trustList { trusted.lists.append(TrustedStudies(list: trustList)) }
    let request = BuildRequest(
      studies: study.studies, profile: study.profile, only: only,
      output: output ?? (study.profile == "full" ? "output" : "output/\(study.profile)"), store: store.store,
      workers: running.workers, timeLimitSeconds: running.timeLimit,
      memoryLimitBytes: running.memoryLimitBytes, display: json ? .json : quiet ? .nothing : .people,
      isStrict: strict, writesJSON: format == .json, trust: trusted)
    switch try build(request).status {
    case .complete: break
    case .incomplete, .questionable: throw StatusCode.trialFailed
    case .mistaken: throw StatusCode.mistake
    }
  }
}
