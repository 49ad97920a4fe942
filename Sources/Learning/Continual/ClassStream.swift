import Randomness

/// The classes of a data set in an order, cut into sessions of equally many: the class-incremental scenario.
package struct ClassStream: Hashable, Sendable {
  /// The data set's class at each place of the stream.
  package let order: [Int32]
  package let classesPerSession: Int

  /// - Parameters:
  ///   - classes: those that can be drawn; at least `sessions` × `classesPerSession`.
  ///   - stream: decides which classes take part, and in what order.
  package init(
    drawnFrom classes: [Int32], sessions: Int, classesPerSession: Int, _ stream: inout RandomStream
  ) {
    precondition(classes.count >= sessions * classesPerSession, "a stream needs a class for each place")
    order = stream.permutation(classes.count).prefix(sessions * classesPerSession).map { classes[Int($0)] }
    self.classesPerSession = classesPerSession
  }

  package var sessions: Int { order.count / classesPerSession }

  /// The places of a session's classes; sessions count from 0.
  package func places(_ session: Int) -> Range<Int> {
    session * classesPerSession..<(session + 1) * classesPerSession
  }

  /// The place of each of the data set's classes; nil where it takes no part.
  package func places(classes: Int) -> [Int32?] {
    var places = [Int32?](repeating: nil, count: classes)
    for (place, label) in order.enumerated() { places[Int(label)] = Int32(place) }
    return places
  }
}

/// What a learner is shown at once: all rows of some new classes.
package struct Session {
  /// From 0.
  package let index: Int
  package let rows: StreamRows
  /// Classes seen before, which are places 0 ..< `old`.
  package let old: Int
  /// Classes seen with this session.
  package let seen: Int

  package init(index: Int, rows: StreamRows, old: Int, seen: Int) {
    self.index = index
    self.rows = rows
    self.old = old
    self.seen = seen
  }

  /// Names the random streams of what is done in this session.
  var name: String { "session \(index + 1)" }
}
