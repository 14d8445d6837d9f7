"""Teaches the blocks behind the first ones, and ASPP, to recognise: from what `views.py` has kept, on ASPP's own grid.

    python3 recognise.py <nano.npz or .safetensors> <views> recognised.npz --held <masks> --minutes 60

A crop is seen at 257, 385 or 513 pixels, and is to be what a larger network says of it at 641, or the same network at 513; where people drew it, also what
they say. What a weight
moves in a step is measured by its own channel's size: whatever carries much does not move much.
"""
import argparse
import math
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from divide import POOLED, RAISED, raised
from kept import UNDRAWN
from learner import branch_dropout
from networks import CLASSES, IGNORED, averaged, backbone, encoded, to_arrays
from samples import read_masked, split
from score import photos_of, squared
from views import FIRST, SIZES, cells

# Of these what people drew is not what VOC's masks have (spokes, leaves, what stands on tables): the teacher's word alone.
UNSURE = tuple(CLASSES.index(name) for name in ("bicycle", "pottedplant", "diningtable", "chair"))
# What people say beside the teacher, where they said something.
DRAWN = 0.7
# How much more a cell counts of which only that is learnt.
DECISIVE = 3.0
ANIMALS = tuple(CLASSES.index(name) for name in ("bird", "cat", "cow", "dog", "horse", "sheep"))
CROPS = {257: 22, 385: 12, 513: 7}


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("model")
    p.add_argument("views")
    p.add_argument("out")
    p.add_argument("--held", help="folders of photos with masks to be measured on, by comma")
    p.add_argument("--minutes", type=float, required=True)
    p.add_argument("--crops", type=int, default=10**9, help="how many of what was kept")
    p.add_argument("--lr", type=float, default=3e-4, help="the most that a value moves in a step, in sizes of its channel")
    p.add_argument("--own", action="store_true", help="the network's own word at 513 in the place of the teacher's")
    p.add_argument("--animals", action="store_true", help="of what was drawn, only which animal it is")
    p.add_argument("--first", type=int, default=FIRST, help="the first block that learns")
    p.add_argument("--dropped", default="0.05,0,0,0,0", help="how often each branch is taken away, as train.py has it")
    p.add_argument("--wider", default="1,1,1,1,1", help="what each branch says at first, of what it said")
    p.add_argument("--check-every", type=float, default=8, help="minutes")
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


def redivided(w, shares):
    """Other shares for ASPP's branches: together they say about what they said, as the atrous ones are means of what image pooling is a mean of."""
    w = {n: v.clone() for n, v in w.items()}
    widths = [POOLED, POOLED] + [len(w[f"aspp/atrous_{index}/pointwise/bias"]) for index in range(3)]
    for part, share in zip(w["aspp/projection/kernel"].split(widths, 1), shares):
        part *= share
    return w


def coarse(w, y):
    """Logits on ASPP's own grid, by the decoder's channels that carry scores: its depthwise kernels pass these on as they are."""
    c = len(CLASSES)

    def passed(name, y):
        channels = y.shape[1]
        kernel = w[name + "/depthwise/kernel"][:channels].sum((1, 2, 3))
        return (y * kernel[:, None, None] + w[name + "/depthwise/bias"][:channels, None, None]).relu()

    for name in ("decoder/conv_0", "decoder/conv_1"):
        y = passed(name, y)
        y = F.conv2d(y, w[name + "/pointwise/kernel"][:c, : y.shape[1]], w[name + "/pointwise/bias"][:c]).relu()
    return F.conv2d(y, w["logits/kernel"][:, :c], w["logits/bias"])


def answered(w, seen, **options):
    return coarse(w, encoded(w, backbone(w, seen, 16, begin=FIRST)[0], raised=RAISED, **options))


def own_word(w, seen):
    """What a network says of what was seen, [n, h, w, classes]."""
    with torch.no_grad():
        parts = (torch.from_numpy(np.array(seen[k : k + 8])).permute(0, 3, 1, 2).float() for k in range(0, len(seen), 8))
        return np.concatenate([answered(w, x).permute(0, 2, 3, 1).numpy().astype(np.float16) for x in parts])


def units_of(w, names, seen):
    """Of each value that learns, its channel's size: a kernel's by its values, a bias' by what comes out there."""
    outputs = {}

    class Watched(dict):
        def __getitem__(self, name):
            watching.append(name)
            return dict.__getitem__(self, name)

    watching, units = [], {}
    plain = F.conv2d

    def conv2d(x, kernel, bias, *rest):
        y = plain(x, kernel, bias, *rest)
        outputs[watching[-1]] = y.std((0, 2, 3)) if y.shape[-1] > 1 else y.std(0)[:, 0, 0]
        return y

    F.conv2d = conv2d
    with torch.no_grad():
        encoded(Watched(w), backbone(Watched(w), seen, 16, begin=FIRST)[0], raised=RAISED)
    F.conv2d = plain
    for name in names:
        v = w[name].detach()
        if v.ndim == 4:
            size = v.square().mean((1, 2, 3), keepdim=True).sqrt()
            units[name] = size.clamp_min(0.05 * size.mean()).expand_as(v).clone()
        else:
            units[name] = 0.5 * outputs[name] if name in outputs else torch.full_like(v, 0.05)
    c = len(CLASSES)
    for name in names:
        if name.startswith("decoder/"):
            units[name][c:] = 0
            if name.endswith("kernel"):
                units[name][:, POOLED:] = 0
    return units


class Relative:
    """Adam, whose steps are of each channel's size, and the weights' moving average."""

    def __init__(self, learning, units, decay=0.998):
        self.names = list(learning)
        self.weights = [learning[n] for n in self.names]
        self.units = [units[n] for n in self.names]
        self.first = [torch.zeros_like(w) for w in self.weights]
        self.second = [torch.zeros_like(w) for w in self.weights]
        self.average = [w.detach().clone() for w in self.weights]
        self.decay, self.steps = decay, 0

    @torch.no_grad()
    def learn(self, loss, rate, betas=(0.9, 0.99)):
        gradients = torch.autograd.grad(loss, self.weights)
        self.steps += 1
        rate *= min(1, self.steps / 200)
        a, b = betas
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for w, g, m, v, unit, average in zip(self.weights, gradients, self.first, self.second, self.units, self.average):
            m.mul_(a).add_(g, alpha=1 - a)
            v.mul_(b).addcmul_(g, g, value=1 - b)
            step = (m / (1 - a**self.steps)) / ((v / (1 - b**self.steps)).sqrt() + 1e-12)
            w.sub_(rate * unit * step.clamp_(-3, 3))
            average.lerp_(w, 1 - decay)


class Views:
    """Batches of what was kept."""

    def __init__(self, folder, most):
        load = lambda n: np.load(os.path.join(folder, n + ".npy"), mmap_mode="r")
        self.seen, self.said, self.masks = {s: load(f"seen_{s}") for s in SIZES}, load("said"), load("masks")
        self.count = min(most, len(self.said))

    def batch(self):
        size = random.choice(SIZES)
        chosen = sorted(random.sample(range(self.count), CROPS[size]))
        tensor = lambda a: torch.from_numpy(np.array(a[chosen]))
        seen, said = (tensor(a).permute(0, 3, 1, 2).float() for a in (self.seen[size], self.said))
        return seen, said, tensor(self.masks)


def loss_of(y, said, masks, animals):
    side = y.shape[-2:]
    q = F.interpolate(said, side, mode="bilinear", align_corners=True).softmax(1)
    # What was drawn, where it is the same all around: masks lie on another grid.
    m = masks.float()[:, None]
    same = F.max_pool2d(m, 3, 1, 1) == -F.max_pool2d(-m, 3, 1, 1)
    m, same = (F.interpolate(a.float(), side)[:, 0] for a in (m, same))
    m, best = m.long(), q.argmax(1)
    sure = (same > 0) & (m < len(CLASSES)) & ~sum((m == k) | (best == k) for k in UNSURE).bool()
    drawn = F.one_hot(torch.where(sure, m, 0), len(CLASSES)).permute(0, 3, 1, 2).float()
    if animals:
        # Which animal it is, within what is said to be one.
        sure = sure & sum(m == k for k in ANIMALS).bool()
        is_animal = torch.zeros(len(CLASSES))
        is_animal[list(ANIMALS)] = 1
        is_animal = is_animal[:, None, None]
        drawn = q * (1 - is_animal) + drawn * (q * is_animal).sum(1, keepdim=True)
    share = ((1.0 if animals else DRAWN) * sure.float())[:, None]
    q = share * drawn + (1 - share) * q
    weight = (m != IGNORED).float() * (1 + (DECISIVE * sure.float() if animals else 0))
    divergence = (torch.special.entr(q).neg() - q * F.log_softmax(y, 1)).sum(1)
    return (divergence * weight).sum() / weight.sum()


def held_of(w, folder):
    """By size: what goes into the first block that learns, of whole photos, and their masks on ASPP's grid."""
    held = {}
    with torch.no_grad():
        for size in SIZES:
            rows, points = [], torch.linspace(0, size - 1, cells(size)).round().long()
            for path, mask_path, *_ in photos_of(folder):
                x, (height, width) = squared(Image.open(path), size)
                mask = np.full((size, size), IGNORED, np.uint8)
                mask[:height, :width] = np.array(Image.open(mask_path).resize((width, height), Image.NEAREST))
                seen = backbone(w, x.contiguous(memory_format=torch.channels_last), 16, end=FIRST)[0][0]
                rows.append((seen, torch.from_numpy(mask)[points][:, points].long()))
            held[size] = tuple(torch.stack(part) for part in zip(*rows))
    return held


def measured(w, held):
    """{size: (mIoU %, IoU by class)} of cells."""
    result, c = {}, len(CLASSES)
    with torch.no_grad():
        for size, (seen, masks) in held.items():
            confusion = np.zeros((c, c))
            for x, mask in zip(seen.split(8), masks.split(8)):
                y, known = answered(w, x).argmax(1), mask != IGNORED
                confusion += np.bincount((mask[known] * c + y[known]).numpy(), minlength=c * c).reshape(c, c)
            hit, there = confusion.diagonal(), confusion.sum(1) > 0
            iou = 100 * hit / np.maximum(1, confusion.sum(0) + confusion.sum(1) - hit)
            result[size] = iou[there].mean(), iou
    return result


def main():
    a = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    w = raised(averaged(a.model), -RAISED)
    views = Views(a.views, a.crops)
    if a.own:
        views.said = own_word(w, views.seen[max(SIZES)][: views.count])
    held = {os.path.basename(f): held_of(w, f) for f in a.held.split(",")} if a.held else {}

    def check(w, told):
        for name, photos in held.items():
            for size, (miou, iou) in measured(w, photos).items():
                print(f"  {told} {name} {size}: {miou:.1f}  " + " ".join(f"{n[:4]}{v:.0f}" for n, v in zip(CLASSES, iou)), flush=True)

    w = redivided(w, [float(s) for s in a.wider.split(",")])
    learns = lambda n: n.startswith(("aspp/", "decoder/conv_0/pointwise")) or (n.startswith("backbone/block_") and int(n[15:17]) >= a.first)
    learning = {n: v.requires_grad_() for n, v in w.items() if learns(n)}
    learner = Relative(learning, units_of(w, list(learning), views.batch()[0]))
    keep = branch_dropout([float(share) for share in a.dropped.split(",")])

    def average():
        return {n: v.detach() for n, v in w.items()} | dict(zip(learner.names, learner.average))

    began, checked, seen, told = time.time(), 0, 0, []
    while (share := (time.time() - began) / 60 / a.minutes) < 1:
        x, said, masks = views.batch()
        loss = loss_of(answered(w, x.contiguous(memory_format=torch.channels_last), keep=keep), said, masks, a.animals)
        learner.learn(loss, a.lr * 0.5 * (1 + math.cos(math.pi * share)))
        seen += len(x)
        told.append(loss.item())
        minutes = (time.time() - began) / 60
        if learner.steps % 50 == 0:
            print(f"{learner.steps}  {minutes:.1f} min  {seen} crops  loss {np.mean(told):.4f}", flush=True)
            told = []
        if minutes - checked > a.check_every:
            checked = minutes
            np.savez(a.out, **to_arrays(raised(average(), RAISED)))
            check(average(), f"{minutes:.0f} min")
    np.savez(a.out, **to_arrays(raised(average(), RAISED)))
    check(average(), "after")


if __name__ == "__main__":
    main()
