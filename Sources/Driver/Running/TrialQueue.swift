/// Trials that wait for a worker, the longest expected first: so the last to end are short, and no core is idle while
/// one long trial that was started late goes on. Equal ones keep the order in which they came.
struct TrialQueue {
  private struct Entry {
    let trial: WantedTrial
    let seconds: Double
    let number: Int

    func precedes(_ other: Entry) -> Bool {
      seconds != other.seconds ? seconds > other.seconds : number < other.number
    }
  }

  /// A binary heap: no entry precedes its parent.
  private var heap: [Entry] = []
  private var nextNumber = 0

  var isEmpty: Bool { heap.isEmpty }

  /// - Parameter seconds: the expected wall time; a trial of which nothing is known starts first, to be learned from.
  mutating func add(_ trial: WantedTrial, seconds: Double?) {
    heap.append(Entry(trial: trial, seconds: seconds ?? .infinity, number: nextNumber))
    nextNumber += 1
    var place = heap.count - 1
    while place > 0, heap[place].precedes(heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// Takes out the trial that is expected to take longest, with that expectation; nil when none waits.
  mutating func removeFirst() -> (trial: WantedTrial, seconds: Double?)? {
    guard let first = heap.first else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var place = 0
    while true {
      var next = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count && heap[child].precedes(heap[next])
      {
        next = child
      }
      if next == place { break }
      heap.swapAt(place, next)
      place = next
    }
    return (first.trial, first.seconds.isFinite ? first.seconds : nil)
  }
}
