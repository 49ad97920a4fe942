"""PPO and DQN of Stable-Baselines3 on CartPole-v1 at CleanRL's settings, for 20,000 steps; the seconds of 500,000 are
what these would come to."""

import json
import sys
import time

import torch

torch.set_num_threads(1)
from stable_baselines3 import DQN, PPO
from stable_baselines3.common.env_util import make_vec_env

TASK, ROUND, STEPS, WHOLE = sys.argv[1], int(sys.argv[2]), 20_000, 500_000
if TASK == "ppo-cartpole":
    agent = PPO(
        "MlpPolicy", make_vec_env("CartPole-v1", n_envs=4, seed=ROUND), seed=ROUND, n_steps=128, batch_size=128,
        n_epochs=4, gamma=0.99, gae_lambda=0.95, clip_range=0.2, clip_range_vf=0.2, ent_coef=0.01, vf_coef=0.5,
        max_grad_norm=0.5, learning_rate=lambda left: 2.5e-4 * left, device="cpu")
else:
    agent = DQN(
        "MlpPolicy", make_vec_env("CartPole-v1", n_envs=1, seed=ROUND), seed=ROUND, learning_rate=2.5e-4,
        buffer_size=10_000, gamma=0.99, tau=1.0, target_update_interval=500, batch_size=128,
        exploration_initial_eps=1.0, exploration_final_eps=0.05, exploration_fraction=0.5, learning_starts=10_000,
        train_freq=10, gradient_steps=1, policy_kwargs={"net_arch": [120, 84]}, device="cpu")
start = time.process_time()
agent.learn(STEPS)
seconds = time.process_time() - start
rate = agent.num_timesteps / seconds
print(json.dumps({
    "task": TASK, "tool": "sb3", "round": ROUND, "steps-per-second": rate, "total-seconds": WHOLE / rate}))
