"""Batch norm for what a head has that is new: while it trains, a kernel without a bias and a scale and a shift of its own; folded at the end.

A weight map has for each such convolution `<name>/scale`, `/shift`, and the running `/mean` and `/variance` in place of `<name>/bias`.
"""
import numpy as np
import torch
import torch.nn.functional as F

from networks import convolve as plain
from networks import is_depthwise, to_torch

EPSILON, MOMENTUM = 1e-3, 0.03
RUNNING = ("/mean", "/variance")


def with_norms(arrays):
    """Gives each kernel (HWIO, depthwise HWC1) that has no bias a norm that changes nothing but the size."""
    w = dict(arrays)
    for name in [n[: -len("/kernel")] for n in arrays if n.endswith("/kernel")]:
        if name + "/bias" in arrays:
            continue
        kernel = arrays[name + "/kernel"]
        channels = kernel.shape[2] if is_depthwise(name + "/kernel") else kernel.shape[3]
        for part, value in (("scale", 1), ("shift", 0), ("mean", 0), ("variance", 1)):
            w[f"{name}/{part}"] = np.full(channels, value, np.float32)
    return w


def normalising(training):
    """A `convolve` for the network's functions: with batch norm where a weight map has one, from the batch while training."""

    def convolve(w, name, x, stride=1, rate=1, act="linear"):
        if name + "/scale" not in w:
            return plain(w, name, x, stride, rate, act)
        kernel = w[name + "/kernel"]
        groups = kernel.shape[0] if is_depthwise(name + "/kernel") else 1
        y = F.conv2d(x, kernel, None, stride, rate * (kernel.shape[-1] // 2), rate, groups)
        mean, variance, scale, shift = (w[f"{name}/{part}"] for part in ("mean", "variance", "scale", "shift"))
        y = F.batch_norm(y, mean, variance, scale, shift, training, MOMENTUM, EPSILON)
        return y.relu() if act == "relu" else y

    return convolve


def averaged(checkpoint):
    """Weights (OIHW tensors) of a checkpoint: the moving averages where it has them."""
    stored = np.load(checkpoint)
    names = [n for n in stored.files if not n.startswith("average/")]
    return to_torch({n: stored["average/" + n if "average/" + n in stored.files else n] for n in names})


def folded(weights):
    """The same function (OIHW tensors) with each norm in its kernel and a bias."""
    w = {n: v for n, v in weights.items() if not n.endswith(("/scale", "/shift", *RUNNING))}
    for name in [n[: -len("/scale")] for n in weights if n.endswith("/scale")]:
        size = weights[name + "/scale"] / torch.sqrt(weights[name + "/variance"] + EPSILON)
        w[name + "/kernel"] = weights[name + "/kernel"] * size[:, None, None, None]
        w[name + "/bias"] = weights[name + "/shift"] - weights[name + "/mean"] * size
    return w
