import Execution
import Testing

/// The order in which trials are handed to workers.
@Suite struct LongestFirstQueueTests {
  @Test func theLongestComesFirstAndEqualOnesKeepTheirOrder() {
    var queue = LongestFirstQueue<Int>()
    // Lengths that repeat; what nothing is known of comes before all.
    var seconds: [Double?] = []
    for number in 0..<200 { seconds.append(number % 17 == 3 ? nil : Double(number * 7919 % 23)) }
    for (number, length) in seconds.enumerated() { queue.add(number, seconds: length) }
    var order: [Int] = []
    while let next = queue.removeFirst() {
      #expect(next.seconds == seconds[next.element])
      order.append(next.element)
    }
    let expected = seconds.indices.sorted { a, b in
      let first = seconds[a] ?? .infinity
      let second = seconds[b] ?? .infinity
      return first != second ? first > second : a < b
    }
    #expect(order == expected && queue.isEmpty)
  }

  @Test func whatComesLateTakesItsPlace() {
    var queue = LongestFirstQueue<String>()
    queue.add("short", seconds: 1)
    queue.add("long", seconds: 10)
    #expect(queue.removeFirst()?.element == "long")
    queue.add("longer", seconds: 20)
    queue.add("shortest", seconds: 0.5)
    #expect(queue.removeFirst()?.element == "longer")
    #expect(queue.removeFirst()?.element == "short")
    #expect(queue.removeFirst()?.element == "shortest")
    #expect(queue.removeFirst() == nil)
  }
}
