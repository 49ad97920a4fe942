import AllocationCounter
import Environments
import Experiments
import Parts
import Randomness
import Testing

/// All defaults of a part.
func completeSettings(_ type: any Part.Type, _ given: [String: Setting] = [:]) -> Settings {
  var settings = Settings()
  for hyperparameter in type.hyperparameters {
    settings[hyperparameter.name] = given[hyperparameter.name] ?? hyperparameter.defaultValue
  }
  return settings
}

func start(
  _ name: String, _ given: [String: Setting] = [:], copies: Int = 3, seed: UInt64 = 1,
  levels: LevelSet = .training
) -> Episodes {
  let type = environmentRegistry[name]!
  return type.init(completeSettings(type, given)).start(
    copies: copies, stream: RandomStream(seed: seed, role: "test", purpose: "episodes"), levels: levels)
}

/// Writes random actions, as a stream gives them.
private func act(_ episodes: Episodes, _ stream: inout RandomStream) {
  switch episodes.form.actions {
  case .choices(let count): for i in 0..<episodes.copies { episodes.choices[i] = Int32(stream.below(count)) }
  case .numbers(let count, let bound):
    for i in 0..<episodes.copies * count {
      episodes.controls[i] = Float((2.4 * stream.uniform() - 1.2) * bound)
    }
  }
}

/// Everything a step gives, as bits.
private func bits(_ episodes: Episodes) -> [UInt64] {
  var all: [UInt64] = []
  for i in 0..<episodes.copies {
    all += [UInt64(episodes.rewards[i].bitPattern), UInt64(episodes.ends[i].rawValue)]
    all.append(UInt64(bitPattern: Int64(episodes.states[i])))
    if episodes.ends[i] != .goesOn {
      all += [episodes.returns[i].bitPattern, UInt64(episodes.lengths[i])]
    }
  }
  let width = episodes.copies * episodes.form.observationCount
  return all + (0..<width).map { UInt64(episodes.observations[$0].bitPattern) }
}

@Suite struct EpisodesTests {
  @Test(arguments: environmentRegistry.names) func stepsAllocateNothing(_ name: String) {
    let episodes = start(name)
    var stream = RandomStream(seed: 2, role: "test", purpose: "actions")
    var ended = 0
    var before = 0
    for step in 0..<3000 {
      if step == 10 { before = Int(assay_allocation_count()) }
      act(episodes, &stream)
      episodes.advance()
      for i in 0..<episodes.copies where episodes.ends[i] != .goesOn { ended += 1 }
    }
    #expect(Int(assay_allocation_count()) == before)
    #expect(ended > 0, "episodes must begin too")
  }

  @Test(arguments: environmentRegistry.names) func whatIsRestoredGoesOnTheSame(_ name: String) {
    let episodes = start(name)
    var stream = RandomStream(seed: 2, role: "test", purpose: "actions")
    for _ in 0..<137 {
      act(episodes, &stream)
      episodes.advance()
    }
    var saved: [UInt8] = []
    episodes.exchange { saved = Array($0) }
    let other = start(name, seed: 99)
    other.exchange { $0.copyBytes(from: saved) }
    var sameStream = stream
    for _ in 0..<700 {
      act(episodes, &stream)
      act(other, &sameStream)
      episodes.advance()
      other.advance()
      #expect(bits(episodes) == bits(other))
    }
  }

  /// A copy does not depend on how many others there are.
  @Test(arguments: environmentRegistry.names) func copiesAreIndependent(_ name: String) {
    let (few, many) = (start(name, copies: 2), start(name, copies: 5))
    var (stream, other) = (
      RandomStream(seed: 2, role: "test", purpose: "a"), RandomStream(seed: 3, role: "test", purpose: "b")
    )
    let width = few.form.observationCount
    for _ in 0..<400 {
      act(few, &stream)
      act(many, &other)
      for i in 0..<2 { many.choices[i] = few.choices[i] }
      for i in 0..<2 * few.form.actions.numbers { many.controls[i] = few.controls[i] }
      few.advance()
      many.advance()
      #expect((0..<2 * width).allSatisfy { few.observations[$0] == many.observations[$0] })
      #expect((0..<2).allSatisfy { few.ends[$0] == many.ends[$0] })
    }
    // The first two differ from one another where anything is random.
    if !["cliff-walking", "gridworld", "frozen-lake"].contains(name) {
      #expect((0..<width).contains { few.observations[$0] != few.observations[width + $0] })
    }
  }

  /// A limit truncates; falling terminates; both at once is a termination.
  @Test func truncationIsToldFromTermination() {
    let episodes = start("cartpole", ["step-limit": .integer(5)], copies: 1)
    for step in 1...5 {
      episodes.choices[0] = Int32(step % 2)
      episodes.advance()
      #expect(episodes.ends[0] == (step == 5 ? .truncated : .goesOn))
    }
    #expect(episodes.lengths[0] == 5)
    #expect(episodes.returns[0] == 5)
    let last = Array(UnsafeBufferPointer(start: episodes.finalObservations, count: 4))
    #expect(last != Array(UnsafeBufferPointer(start: episodes.observations, count: 4)))

    let falling = start("cartpole", ["step-limit": .integer(500)], copies: 1)
    var steps = 0
    repeat {
      falling.choices[0] = 1
      falling.advance()
      steps += 1
    } while falling.ends[0] == .goesOn
    #expect(falling.ends[0] == .terminated)
    #expect(falling.finalObservations[2].magnitude > 0.2)
    let both = start("cartpole", ["step-limit": .integer(steps)], copies: 1)
    for _ in 0..<steps {
      both.choices[0] = 1
      both.advance()
    }
    #expect(both.ends[0] == .terminated)
  }

  @Test(arguments: ["pendulum", "freeway"]) func someEnvironmentsOnlyTruncate(_ name: String) {
    let episodes = start(name)
    var stream = RandomStream(seed: 2, role: "test", purpose: "actions")
    var cut = 0
    for _ in 0..<6000 {
      act(episodes, &stream)
      episodes.advance()
      for i in 0..<episodes.copies {
        #expect(episodes.ends[i] != .terminated)
        if episodes.ends[i] == .truncated { cut += 1 }
      }
    }
    #expect(cut >= 6)
  }

  @Test func testLevelsAreOthers() {
    let given: [String: Setting] = ["levels": .integer(20), "test-levels": .integer(20)]
    func levels(_ set: LevelSet) -> Set<[Float]> {
      let episodes = start("gridworld", given, copies: 200, levels: set)
      let width = episodes.form.observationCount
      return Set(
        (0..<200).map { Array(UnsafeBufferPointer(start: episodes.observations + $0 * width, count: width)) })
    }
    let (training, testing) = (levels(.training), levels(.testing))
    #expect(training.count == 20)
    #expect(testing.count == 20)
    #expect(training.isDisjoint(with: testing))
    let unseen = start("gridworld", ["levels": .integer(20)], copies: 200, levels: .testing)
    #expect((0..<200).allSatisfy { unseen.states[$0] < 20 * 49 })
  }

  /// In every level a way leads to the goal: a random walk arrives.
  @Test func everyLevelCanBeSolved() {
    let episodes = start(
      "gridworld", ["size": .integer(4), "walls": .number(0.5), "levels": .integer(50)], copies: 50)
    var stream = RandomStream(seed: 5, role: "test", purpose: "walk")
    var solved = Array(repeating: 0, count: 50)
    var tried = solved
    for _ in 0..<20_000 {
      act(episodes, &stream)
      episodes.advance()
      for i in 0..<50 where episodes.ends[i] != .goesOn {
        let level = Int(episodes.finalStates[i]) / 16
        tried[level] += 1
        if episodes.ends[i] == .terminated { solved[level] += 1 }
      }
    }
    #expect(tried.allSatisfy { $0 > 100 })
    #expect(solved.allSatisfy { $0 > 0 })
  }
}
