"""Writes minatar.txt: 2500 steps of each game of the package `minatar`, fed with our random numbers.

A game and its settings, then for each step ACTION:REWARD:END:HASH; ACTION is a number among the game's minimal set,
HASH the 32-bit FNV-1a hash of the places (row, column, channel) that are on after the step, before a new episode. The
actions are random but avoid those that would end the game at once, so that games last long enough to grow harder; in
Seaquest they prefer to surface with divers, in Freeway to go up.
Run with: python3 minatar_traces.py > minatar.txt   (recorded with minatar 1.0.15)
"""

import copy

import numpy as np
from minatar import Environment

STEPS = 2500
MASK = 0xFFFFFFFF


class Stream:
    """Philox 4x32-10, named as the random streams of this project are."""

    def __init__(self, seed, role, purpose, index=0):
        h = 0xCBF29CE484222325
        for byte in f"{role}/{purpose}".encode():
            h = (h ^ byte) * 0x100000001B3 % 2**64
        h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        h = (h ^ (h >> 27)) * 0x94D049BB133111EB % 2**64
        h ^= h >> 31
        self.key, self.seed, self.index, self.block, self.words = (h & MASK, h >> 32), seed, index, 0, []

    def word(self):
        if not self.words:
            c, k = [self.block, self.index, self.seed & MASK, self.seed >> 32], list(self.key)
            for _ in range(10):
                p, q = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
                c = [(q >> 32) ^ c[1] ^ k[0], q & MASK, (p >> 32) ^ c[3] ^ k[1], p & MASK]
                k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
            self.block, self.words = self.block + 1, c
        return self.words.pop(0)

    def uniform(self):
        low = self.word()
        return ((low | self.word() << 32) >> 11) * 2.0**-53

    def below(self, bound):
        while True:
            product = self.word() * bound
            if product & MASK >= (2**32 - bound) % bound:
                return product >> 32

    # What the games ask of NumPy.
    def rand(self, count=None):
        return self.uniform() if count is None else np.array([self.uniform() for _ in range(count)])

    def randint(self, low, high=None, size=None):
        low, high = (0, low) if high is None else (low, high)
        draw = lambda: low + self.below(high - low)
        return draw() if size is None else np.array([draw() for _ in range(size)])


def digest(state):
    h = 0x811C9DC5
    for place in np.flatnonzero(state.ravel()):
        for byte in (int(place) & 255, int(place) >> 8):
            h = (h ^ byte) * 0x01000193 & MASK
    return h


def choose(world, game, actions, policy):
    order = list(policy.permutation(len(actions)))
    if game == "seaquest":
        inner = world.env
        if inner.oxygen < 70 and inner.diver_count > 0 or inner.diver_count == 6:
            order.insert(0, 2)
        elif inner.sub_y == 0:
            order.insert(0, 4)
    if game == "freeway" and order[0] != 2:
        order.insert(0, 1)
    for place in order:
        trial = copy.deepcopy(world)
        reward, ended = trial.act(actions[place])
        was_hit = game == "freeway" and world.env.pos < 9 and trial.env.pos == 9 and reward == 0
        if not ended and not was_hit:
            return place
    return order[0]


def trace(game, sticky, ramping):
    world = Environment(game, sticky_action_prob=sticky, difficulty_ramping=ramping)
    stream = Stream(11, "test", game)
    world.random = world.env.random = stream
    world.reset()
    policy = np.random.RandomState(1)
    actions = world.minimal_action_set()
    tokens = []
    for _ in range(STEPS):
        place = choose(world, game, actions, policy)
        reward, ended = world.act(actions[place])
        tokens.append(f"{place}:{int(reward)}:{int(ended)}:{digest(world.state()):08x}")
        if ended:
            world.reset()
    print(game, sticky, int(ramping), *tokens)


for game in ("asterix", "breakout", "freeway", "seaquest", "space_invaders"):
    trace(game, 0.1, True)
trace("asterix", 0.0, False)
trace("space_invaders", 0.3, False)
