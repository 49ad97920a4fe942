"""Random actions in one copy of an environment of Gymnasium, for 20,000 steps."""

import json
import sys
import time

import gymnasium

TASK, ROUND, STEPS = sys.argv[1], int(sys.argv[2]), 20_000
environment = gymnasium.make({"cartpole": "CartPole-v1", "acrobot": "Acrobot-v1"}[TASK])
environment.reset(seed=ROUND)
environment.action_space.seed(ROUND)
actions = [environment.action_space.sample() for _ in range(STEPS)]
start = time.process_time()
for action in actions:
    _, _, terminated, truncated, _ = environment.step(action)
    if terminated or truncated:
        environment.reset()
seconds = time.process_time() - start
print(json.dumps({
    "task": TASK, "tool": "gymnasium", "round": ROUND, "steps-per-second": STEPS / seconds, "total-seconds": seconds}))
