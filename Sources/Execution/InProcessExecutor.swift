import Experiments

/// Runs trials one after the other in this process: for tests, and to debug a procedure.
///
/// A crash of a trial ends the process, and limits are not kept.
package final class InProcessExecutor: TrialExecutor {
  private let run: (TrialSpecification) throws -> Outcome
  private var queue: [TrialRequest] = []
  private var nextIndex = 0

  package init(run: @escaping (TrialSpecification) throws -> Outcome) { self.run = run }

  package var slots: Int { 1 }

  package func submit(_ requests: [TrialRequest]) { queue += requests }

  package var unfinishedCount: Int { queue.count - nextIndex }

  package func next(within seconds: Double?) -> [TrialEvent] {
    guard nextIndex < queue.count else { return [] }
    let request = queue[nextIndex]
    nextIndex += 1
    if nextIndex == queue.count {
      queue = []
      nextIndex = 0
    }
    do {
      let (outcome, cost) = try measured { try run(request.specification) }
      return [.finished(request.key, outcome, cost)]
    } catch {
      return [.attempt(request.key, Attempt(ending: .failed("\(error)"), log: ""))]
    }
  }

  package func shutdown() {
    queue = []
    nextIndex = 0
  }
}
