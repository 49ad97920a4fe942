"""Writes gymnasium.txt: 200 steps of each environment of Gymnasium from a given state under given actions, and the
whole transition tables of the toy texts.

A label and numbers on each line. NAME.start is a state, NAME.actions the actions, NAME.states the states after each
step, NAME.rewards and NAME.ends (1 for terminated) what the step gave; environments go on after they end. A table has,
for each state and action, the number of outcomes and then state, reward and end of each.
Run with: python3 gymnasium_traces.py > gymnasium.txt   (recorded with Gymnasium 1.4.0)
"""

import gymnasium
import numpy as np

STEPS = 200


def show(label, numbers):
    print(label, *(f"{float(x):.9g}" for x in np.asarray(numbers).ravel()))


def trace(label, name, start, policy, dtype=np.float64):
    environment = gymnasium.make(name).unwrapped
    environment.reset(seed=0)
    environment.state = np.array(start, dtype=dtype)
    actions, states, rewards, ends = [], [], [], []
    for t in range(STEPS):
        action = policy(t, environment.state)
        given = np.array([action], np.float32) if isinstance(action, float) else action
        _, reward, ended, _, _ = environment.step(given)
        actions.append(action)
        states.append(np.array(environment.state, dtype=np.float64))
        rewards.append(reward)
        ends.append(ended)
        if ended:
            environment.state = np.array(start, dtype=dtype)
            environment.steps_beyond_terminated = None
    show(label + ".start", start)
    show(label + ".actions", actions)
    show(label + ".states", states)
    show(label + ".rewards", rewards)
    show(label + ".ends", ends)


def table(label, name, **options):
    environment = gymnasium.make(name, **options).unwrapped
    numbers = []
    for state in range(len(environment.P)):
        for action in range(4):
            outcomes = environment.P[state][action]
            numbers.append(len(outcomes))
            for _, following, reward, ended in outcomes:
                numbers += [following, reward, ended]
    show(label, numbers)


def wave(t):
    return float(np.float32(np.sin(0.37 * t) * (1 + 0.5 * np.sin(0.011 * t * t))))


trace("cartpole.held", "CartPole-v1", [0.01, -0.02, 0.03, 0.04], lambda t, s: int(s[2] + 0.5 * s[3] + 0.02 * s[0] > 0))
trace("cartpole.pushed", "CartPole-v1", [0.0, 0.0, 0.02, 0.0], lambda t, s: int(wave(t) > -0.3))
trace("acrobot", "Acrobot-v1", [0.05, -0.03, 0.02, 0.01], lambda t, s: 2 if s[3] > 0 else 0)
trace("mountain-car", "MountainCar-v0", [-0.5, 0.0], lambda t, s: 1 if t % 7 == 3 else 2 if s[1] >= 0 else 0)
trace(
    "mountain-car-continuous", "MountainCarContinuous-v0", [-0.5, 0.0],
    lambda t, s: float(np.float32(1.5 if s[1] >= 0 else -0.9)), np.float32)
trace("pendulum", "Pendulum-v1", [3.0, 0.5], lambda t, s: 2.5 * wave(t))
table("frozen-lake.small", "FrozenLake-v1", map_name="4x4")
table("frozen-lake.large", "FrozenLake-v1", map_name="8x8")
table("frozen-lake.firm", "FrozenLake-v1", map_name="4x4", is_slippery=False)
table("cliff-walking", "CliffWalking-v1")
table("cliff-walking.slippery", "CliffWalking-v1", is_slippery=True)
