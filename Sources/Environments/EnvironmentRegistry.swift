import Parts

/// All environments; one line each, in alphabetical order.
package let environmentRegistry = Registry<any Environment.Type>(
  .environment,
  [
    Acrobot.self,
    Asterix.self,
    Breakout.self,
    CartPole.self,
    CliffWalking.self,
    Freeway.self,
    FrozenLake.self,
    GridWorld.self,
    MountainCar.self,
    MountainCarContinuous.self,
    Pendulum.self,
    Seaquest.self,
    SpaceInvaders.self,
  ], name: { $0.name })
