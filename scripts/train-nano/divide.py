"""Gives a share of what image pooling says of the whole photo to the atrous branches, and has ASPP learn to say as a whole what it said.

    python3 divide.py revived.npz <folder of photos> divided.npz --classes classes.json

The branches begin as means of their nine taps with some of pooling's own kernels, so that together they look at 27 cells where pooling looks at
all. No label is needed: any photo shows what was said of it before, so that nothing that is known has to be learnt again.
"""
import argparse
import math
import time

import numpy as np
import torch
import torch.nn.functional as F

from learner import Learner, branch_dropout
from networks import RATES, averaged, backbone, decoded, encoded, half_digits, to_arrays
from samples import Samples
from taught import read_taught

SIZES = (257, 385, 513)
POOLED = 256
# Depthwise outputs have ReLUs behind them, and features both signs: raised by so many times their size, hardly any mean is cut.
RAISED = 3.0
NEW, CARRIED = "aspp/atrous_", 0.1


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("model")
    p.add_argument("photos")
    p.add_argument("out")
    p.add_argument("--classes", required=True)
    p.add_argument("--share", type=float, default=0.6, help="of image pooling's word, given to the atrous branches")
    p.add_argument("--crops", type=int, default=40000)
    p.add_argument("--minutes", type=float, default=math.inf)
    p.add_argument("--dropped", default="0.1,0,0,0,0", help="how often each branch is taken away, as train.py has it")
    p.add_argument("--lr", type=float, default=2e-3)
    p.add_argument("--batch", type=int, default=8)
    p.add_argument("--init", help="a checkpoint of this to go on from")
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


def divided(whole, share, size, seed=1):
    """Weights of which pooling says less, and whose atrous branches are means with some of pooling's kernels. `size`: of each feature."""
    w = {n: v.clone() for n, v in whole.items()}
    w["aspp/projection/kernel"][:, :POOLED] *= 1 - share
    order = np.random.default_rng(seed).permutation(POOLED)
    ends = np.cumsum([0] + [len(w[f"{NEW}{index}/pointwise/bias"]) for index in range(len(RATES))])
    # Which channel of pooling each of theirs begins as; some channels have two.
    taken = torch.from_numpy(np.take(order, range(ends[-1]), mode="wrap"))
    often = torch.bincount(taken, minlength=POOLED)
    for index, (first, end) in enumerate(zip(ends, ends[1:])):
        name, chosen = f"{NEW}{index}", taken[first:end]
        w[name + "/depthwise/kernel"] = (1 / 9 / size)[:, None, None, None].expand(-1, 1, 3, 3).clone()
        w[name + "/depthwise/bias"] = torch.zeros(len(size))
        w[name + "/pointwise/kernel"] = whole["aspp/image_pooling/kernel"][chosen] * size[None, :, None, None]
        w[name + "/pointwise/bias"] = whole["aspp/image_pooling/bias"][chosen].clone()
        listens = share * whole["aspp/projection/kernel"][:, chosen] / often[chosen][None, :, None, None]
        w["aspp/projection/kernel"][:, 2 * POOLED + first : 2 * POOLED + end] = listens
    return w


def shares_of(name, weight):
    """How far each value goes of a step: what was there before moves slowly."""
    shares = torch.full_like(weight, 1.0 if name.startswith(NEW) else CARRIED)
    if name == "aspp/projection/kernel":
        shares[:, 2 * POOLED :] = 1
    return shares


def raised(w, by):
    """The same function where what `encoded` raises is raised by so much less: by RAISED, the network's own."""
    w = {n: v.detach().clone() for n, v in w.items()}
    for index in range(len(RATES)):
        name = f"{NEW}{index}"
        w[name + "/depthwise/bias"] += by
        w[name + "/pointwise/bias"] -= by * w[name + "/pointwise/kernel"].sum((1, 2, 3))
    return w


def main():
    a = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    whole = averaged(a.model)
    data = read_taught(a.photos, None, a.classes)
    samples = Samples(data, data, list(SIZES), a.batch, a.seed)
    loader = iter(torch.utils.data.DataLoader(samples, batch_size=None, num_workers=1, prefetch_factor=2))
    with torch.no_grad():
        features = backbone(whole, next(loader)[0], 16)[0]
        size = features.square().mean((0, 2, 3)).sqrt().clamp_min(1e-3)
    w = raised(averaged(a.init), -RAISED) if a.init else divided(whole, a.share, size)
    average = {n: v.clone() for n, v in w.items()}
    learning = {n: v.requires_grad_() for n, v in w.items() if n.startswith("aspp/")}
    learner = Learner(learning, average, {n: shares_of(n, v.detach()) for n, v in learning.items()})
    keep = branch_dropout([float(share) for share in a.dropped.split(",")])
    began, seen, told = time.time(), 0, []
    while (share := max(seen / a.crops, (time.time() - began) / 60 / a.minutes)) < 1:
        x = next(loader)[0]
        with torch.no_grad(), half_digits():
            features, low = (y.float() for y in backbone(whole, x.contiguous(memory_format=torch.channels_last), 16))
            # The decoder on ASPP's own grid: another map than the network's, the same for both who are compared.
            low = F.interpolate(low, features.shape[-2:], mode="area")
        with torch.no_grad():
            said = F.log_softmax(decoded(whole, encoded(whole, features), low), 1)
        answer = F.log_softmax(decoded(whole, encoded(w, features, keep=keep, raised=RAISED), low), 1)
        divergence = (said.exp() * (said - answer)).sum(1).mean()
        if not learner.learn(10 * divergence, a.lr * (1 - share) ** 0.9):
            continue
        seen += len(x)
        told.append(divergence.item())
        if learner.steps % 50 == 0:
            print(f"{learner.steps}  {(time.time() - began) / 60:.1f} min  {seen} crops  divergence {np.mean(told):.4f}", flush=True)
            told = []
        if learner.steps % 200 == 0:
            np.savez(a.out, **to_arrays(raised(average, RAISED)))
    np.savez(a.out, **to_arrays(raised(average, RAISED)))


if __name__ == "__main__":
    main()
