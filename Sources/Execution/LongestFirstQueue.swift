/// Work that waits, the longest expected first: so the last pieces to end are short, and no core is idle while one long
/// piece that was started late goes on. Equal ones keep the order in which they came.
package struct LongestFirstQueue<Element> {
  private struct Entry {
    let element: Element
    let seconds: Double
    let number: Int

    func precedes(_ other: Entry) -> Bool {
      seconds != other.seconds ? seconds > other.seconds : number < other.number
    }
  }

  /// A binary heap: no entry precedes its parent.
  private var heap: [Entry] = []
  private var nextNumber = 0

  package init() {}

  package var isEmpty: Bool { heap.isEmpty }

  /// - Parameter seconds: the expected wall time; what nothing is known of comes first, to be learned from.
  package mutating func add(_ element: Element, seconds: Double?) {
    heap.append(Entry(element: element, seconds: seconds ?? .infinity, number: nextNumber))
    nextNumber += 1
    var place = heap.count - 1
    while place > 0, heap[place].precedes(heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// Takes out what is expected to take longest, with that expectation; nil when nothing waits.
  package mutating func removeFirst() -> (element: Element, seconds: Double?)? {
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
    return (first.element, first.seconds.isFinite ? first.seconds : nil)
  }
}
