"""Draws docs/flower.svg, the README's picture: `make picture`."""

import sys

import matplotlib.pyplot as plt
import numpy as np

from shallowlib import datasets, initialize, logistic, tanh, train
from shallowlib.plots import plot_boundary, plot_costs

rng = np.random.default_rng(1)
X, Y = datasets.flower(400, rng)
run = train(initialize(2, 5, 1, rng), X, Y, tanh, logistic, alpha=1.2, steps=5000)

plt.style.use(sys.argv[1])  # book/matplotlibrc
fig, (left, right) = plt.subplots(1, 2, figsize=(7.4, 3.4))
plot_boundary(left, run.predict, X, Y)
plot_costs(right, run)
fig.savefig(sys.argv[2], facecolor="white", metadata={"Date": None})
