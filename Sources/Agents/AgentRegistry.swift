import Parts

/// All agents; one line each, in alphabetical order.
package let agentRegistry = Registry<any Agent.Type>(
  .agent,
  [
    A2C.self,
    DQN.self,
    PPO.self,
    QLearning.self,
    Reinforce.self,
    SAC.self,
    SARSA.self,
  ], name: { $0.name })
