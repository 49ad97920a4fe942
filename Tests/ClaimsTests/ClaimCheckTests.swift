import Claims
import Diagnostics
import Testing

@Suite struct ClaimCheckTests {
  private func said(_ claim: Claim) -> [String] {
    var log = DiagnosticLog()
    let isSound = claim.check(at: source("```claim c"), log: &log)
    #expect(isSound != log.hasErrors)
    return log.sorted.map(\.message)
  }

  @Test func refusesWhatNoDataCouldDecide() throws {
    let equality = Claim.Statement.that(try proposition("mean(honest.accuracy) = 0.5"))
    let order = Claim.Statement.that(try proposition("mean(honest.accuracy) > 0.5"))
    let counts = Claim.Statement.that(try proposition("count(honest.accuracy) = 10"))
    #expect(said(claim(equality)) == ["no test can support that two estimates are equal"])
    #expect(said(claim(equality, test: .tost)) == ["the test 'tost' needs a margin"])
    #expect(said(claim(order, test: .tost, margin: 0.1)) == ["the test 'tost' needs '=', not '>'"])
    #expect(
      said(claim(order, unit: ["seed", "search"], test: .permutation))
        == ["the test 'permutation' needs one unit, not 2"])
    let both = Claim(
      name: "c", title: nil, statement: order, unit: ["seed"], fixed: ["seed"], test: .bootstrap, margin: 0,
      level: 0.95,
      role: .hypothesis, needs: [], expect: nil)
    #expect(said(both) == ["'seed' is both a unit and fixed"])
    for sound in [
      claim(order), claim(counts), claim(equality, test: .tost, margin: 0.1),
      claim(equality, role: .identity),
      claim(order, test: .permutation),
    ] {
      #expect(said(sound) == [])
    }
  }
}
