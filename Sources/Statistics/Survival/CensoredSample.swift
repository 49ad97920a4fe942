/// Times to an event, some of which are only known to be longer: runs that had not reached a target when they ended.
package struct CensoredSample: Hashable, Sendable {
  /// Ascending; where times are equal, events come before ends.
  package let times: [Double]
  /// Whether the event happened, or the run ended before it did.
  package let isEvent: [Bool]

  /// Nil for no times, times below 0 or not finite, or different sizes. A run that never reached its target is one that
  /// ended at its budget.
  package init?(_ times: [Double], isEvent: [Bool]) {
    guard !times.isEmpty, times.count == isEvent.count, times.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      return nil
    }
    let order = times.indices.sorted {
      (times[$0], isEvent[$0] ? 0 : 1, $0) < (times[$1], isEvent[$1] ? 0 : 1, $1)
    }
    self.times = order.map { times[$0] }
    self.isEvent = order.map { isEvent[$0] }
  }

  /// How many runs have neither had the event nor ended before a time.
  func atRisk(_ time: Double) -> Int { times.count - (times.firstIndex { $0 >= time } ?? times.count) }

  /// How many events happened at a time.
  func events(_ time: Double) -> Int { zip(times, isEvent).filter { $0 == time && $1 }.count }

  /// Times at which an event happened, ascending.
  var eventTimes: [Double] {
    var result: [Double] = []
    for (time, isEvent) in zip(times, isEvent) where isEvent && result.last != time { result.append(time) }
    return result
  }
}

/// Kaplan & Meier's estimate of the share of runs without the event after each time (1958). Assumes that when a run
/// ends says nothing of when its event would have come.
package struct SurvivalCurve: Hashable, Sendable {
  /// Event times, ascending; the curve steps there.
  package let times: [Double]
  /// The share from each time on.
  package let survival: [Double]
  /// Greenwood's variance of each share (1926).
  package let variance: [Double]
  private let hazardTerms: [Double]

  package init(_ sample: CensoredSample) {
    times = sample.eventTimes
    var (share, sum) = (1.0, 0.0)
    var (survival, variance, terms): ([Double], [Double], [Double]) = ([], [], [])
    for time in times {
      let (risk, events) = (Double(sample.atRisk(time)), Double(sample.events(time)))
      share *= 1 - events / risk
      let term = risk > events ? events / (risk * (risk - events)) : 0
      sum += term
      survival.append(share)
      variance.append(share * share * sum)
      terms.append(term)
    }
    self.survival = survival
    self.variance = variance
    hazardTerms = terms
  }

  /// The first time at which at most half are without the event; infinite where that is not reached.
  package var median: Double {
    zip(times, survival).first { $0.1 <= 0.5 + 1e-12 }?.0 ?? .infinity
  }

  /// The mean time up to a horizon, the area under the curve, with its variance Σ (area beyond tᵢ)²·dᵢ/(nᵢ(nᵢ − dᵢ))
  /// (Klein & Moeschberger 2003, 4.5).
  package func restrictedMean(until horizon: Double) -> (mean: Double, variance: Double) {
    let inside = times.indices.filter { times[$0] < horizon }
    var (area, variance) = (0.0, 0.0)
    var end = horizon
    for place in inside.reversed() {
      area += survival[place] * (end - times[place])
      variance += area * area * hazardTerms[place]
      end = times[place]
    }
    return (area + end, variance)
  }
}
