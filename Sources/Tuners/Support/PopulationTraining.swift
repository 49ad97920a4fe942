import Experiments
import Parts
import Randomness

/// How the members of a population that are overtaken choose new hyperparameters in mid-run.
protocol Exploration {
  /// - Parameters:
  ///   - configuration: that of the member that is followed.
  ///   - interval: the one about to begin, from 1.
  mutating func explored(
    _ configuration: Settings, interval: Int, _ random: inout RandomStream
  ) -> Settings
  /// What an interval brought: each member's configuration and its gain in loss over the interval (negative is better);
  /// members that diverged, then or before, are left out. Called before `explored`.
  mutating func learn(_ configurations: [Settings], gains: [Double], interval: Int)
}

/// Who follows whom when an interval ends.
enum Exploitation: String, CaseIterable {
  /// A member among the worst follows one drawn from the best.
  case truncation
  /// Each member meets another drawn at random and follows it where that one is better.
  case tournament
  /// Nobody follows anybody; those that truncation would replace only explore.
  case none
}

/// Population based training: members train side by side in intervals, and at the end of each those that are behind
/// follow others, weights and all.
///
/// Populations of at most `size` members, one after another, as many members in all as the budget has whole runs; each
/// interval is one batch. A diverged member follows one of the best whatever the rule; a population of which all
/// diverged ends.
struct PopulationTraining<Rule: Exploration>: TunerSearch {
  private struct Member {
    var configuration: Settings
    var suggestion: Int
    /// At the end of the last interval; infinite where it diverged.
    var loss: Double
  }

  private let space: Space
  private let size: Int
  private let budgets: [Int]
  private let share: Double
  private let exploitation: Exploitation
  private let copiesSettings: Bool
  private let stream: @Sendable (String, Int) -> RandomStream
  private var rule: Rule
  private var membersLeft: Int
  private var started = 0
  private var count = 0
  private var interval = 0
  private var batches = 0
  private var members: [Member] = []
  private var previous: [Double] = []

  /// - Parameters:
  ///   - share: of the population that counts as best, and as worst.
  ///   - copiesSettings: whether who follows takes over hyperparameters too, not only the checkpoint.
  init(
    _ space: Space, _ budget: SearchBudget, size: Int, intervals: Int, share: Double,
    exploitation: Exploitation,
    copiesSettings: Bool, rule: Rule, stream: @escaping @Sendable (String, Int) -> RandomStream
  ) {
    self.space = space
    self.size = size
    self.share = share
    self.exploitation = exploitation
    self.copiesSettings = copiesSettings
    self.rule = rule
    self.stream = stream
    let intervals = min(intervals, budget.units)
    budgets = (1...intervals).map { $0 * budget.units / intervals }
    membersLeft = budget.trials
  }

  mutating func ask() -> [Suggestion] {
    var random = stream("interval", batches)
    batches += 1
    if interval == 0 || !members.contains(where: { $0.loss.isFinite }) {
      let wanted = min(size, membersLeft)
      guard wanted > 0 else { return [] }
      membersLeft -= wanted
      interval = 0
      members = (0..<wanted).map { i in
        var draw = stream("suggestion", started + i)
        return Member(configuration: space.draw(&draw), suggestion: count + i, loss: .infinity)
      }
      if started == 0, let start = space.start, space.allows(start) { members[0].configuration = start }
      started += wanted
      previous = []
      return members.enumerated().map { Suggestion($1.configuration, budget: budgets[0], member: $0) }
    }
    let followed = self.followed(&random)
    let before = members
    var suggestions: [Suggestion] = []
    for (i, leader) in followed.enumerated() {
      if let leader {
        let settings = copiesSettings ? before[leader].configuration : before[i].configuration
        members[i].configuration = rule.explored(settings, interval: interval, &random)
      }
      let origin = before[leader ?? i]
      previous[i] = origin.loss
      suggestions.append(
        Suggestion(
          members[i].configuration, budget: budgets[interval], continues: origin.suggestion, member: i))
      members[i].suggestion = count + i
    }
    return suggestions
  }

  mutating func tell(_ scores: [Double?]) {
    let losses = scores.map(loss)
    if !previous.isEmpty {
      let gained = losses.indices.filter { losses[$0].isFinite && previous[$0].isFinite }
      rule.learn(
        gained.map { members[$0].configuration }, gains: gained.map { losses[$0] - previous[$0] },
        interval: interval)
    } else {
      previous = losses
    }
    for (i, loss) in losses.enumerated() { members[i].loss = loss }
    count += scores.count
    interval = (interval + 1) % budgets.count
  }

  /// Whom each member follows; nil goes on by itself. One that diverged never does.
  private func followed(_ random: inout RandomStream) -> [Int?] {
    let order = members.indices.sorted {
      members[$0].loss < members[$1].loss || members[$0].loss == members[$1].loss && $0 < $1
    }
    let alive = order.prefix { members[$0].loss.isFinite }
    let edge = max(1, Int((share * Double(members.count)).rounded()))
    let best = alive.prefix(edge)
    // With less than two members nobody is behind.
    let worst = members.count > 1 ? order.suffix(min(edge, members.count / 2)) : []
    return members.indices.map { i in
      if !members[i].loss.isFinite { return best[random.below(best.count)] }
      switch exploitation {
      case .truncation: return worst.contains(i) ? best[random.below(best.count)] : nil
      case .none: return worst.contains(i) ? i : nil
      case .tournament:
        guard members.count > 1 else { return nil }
        let other = differentPlaces(1, among: members.count, except: i, &random)[0]
        return members[other].loss < members[i].loss ? other : nil
      }
    }
  }
}
