"""Random actions in one copy of a game of the package minatar, observed after each step, for 20,000 steps."""

import json
import sys
import time

import numpy as np
from minatar import Environment

TASK, ROUND, STEPS = sys.argv[1], int(sys.argv[2]), 20_000
environment = Environment(TASK.replace("-", "_"))
environment.seed(ROUND)
environment.reset()
actions = np.random.RandomState(ROUND).choice(environment.minimal_action_set(), STEPS)
start = time.process_time()
for action in actions:
    _, ended = environment.act(action)
    environment.state()
    if ended:
        environment.reset()
seconds = time.process_time() - start
print(json.dumps({
    "task": TASK, "tool": "minatar", "round": ROUND, "steps-per-second": STEPS / seconds, "total-seconds": seconds}))
