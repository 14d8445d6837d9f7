"""Teaches the decoder where things end, from what `kept.py` has kept of a network that stands still before it.

    python3 sharpen.py divided.npz <kept> sharpened.npz

Masks that people drew say where things end; what they are is said by the network as it was: what is learnt speaks for or against the background alone,
and what carries the scores stands still. Its word is also kept wherever no outline is near. Windows of 49 x 49 cells at stride 4, most on an outline.
"""
import argparse
import math
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

from kept import SIX, UNDRAWN
from learner import Learner
from networks import CLASSES, HALF_DIGITS, IGNORED, averaged, decoded, half_digits, to_arrays

BACKGROUND, DIGITS = 0, torch.bfloat16 if HALF_DIGITS else torch.float32
# A window's side in cells of ASPP and of the decoder, and in every other pixel.
COARSE, FINE, HALF = 13, 49, 97
# What a pixel counts beside any other, and how far from an outline, in every other pixel: where masks count, and close to them.
OUTLINE, REACH, CLOSE, CLOSEST = 3.0, 5, 4.0, 2
# The share of a window that the network has to see of a class; the classes whose masks are not to be trusted (bicycle: between the spokes); how
# many windows are on outlines, and of photos without masks; in how many what comes from ASPP is out of place, by how many cells at most.
SEEN, UNSURE, ON_OUTLINES, OTHERS, DISPLACED, CELLS = 0.005, (CLASSES.index("bicycle"),), 0.8, 0.4, 0.5, 1


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("init")
    p.add_argument("kept")
    p.add_argument("out")
    p.add_argument("--windows", type=int, default=100000)
    p.add_argument("--minutes", type=float, default=math.inf)
    p.add_argument("--lr", type=float, default=6e-3)
    p.add_argument("--batch", type=int, default=12)
    p.add_argument("--resume", help="a checkpoint of this to go on from")
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


class Windows:
    """Batches of windows of what was kept."""

    def __init__(self, folder):
        self.encoded, self.low, self.masks = (np.load(os.path.join(folder, n + ".npy"), mmap_mode="r") for n in ("encoded", "low", "masks"))
        undrawn = (self.masks[:, ::16, ::16] == UNDRAWN).any((1, 2))
        self.kinds = np.flatnonzero(~undrawn), np.flatnonzero(undrawn)

    def corner(self, mask):
        """Where a window begins, in cells of ASPP: around some outline, or anywhere."""
        most = self.encoded.shape[1] - COARSE
        if random.random() < ON_OUTLINES:
            drawn = np.where(mask < UNDRAWN, mask, 0)
            rows, columns = np.nonzero((drawn[1:, 1:] != drawn[:-1, 1:]) | (drawn[1:, 1:] != drawn[1:, :-1]))
            if len(rows):
                k = random.randrange(len(rows))
                return tuple(min(most, max(0, at // 8 - random.randrange(1, COARSE - 1))) for at in (rows[k], columns[k]))
        return random.randint(0, most), random.randint(0, most)

    def batch(self, count):
        parts = []
        while len(parts) < count:
            k = random.choice(self.kinds[random.random() < OTHERS])
            mask = np.array(self.masks[k])
            r, c = self.corner(mask)
            mask = mask[8 * r : 8 * r + HALF, 8 * c : 8 * c + HALF]
            if (mask == IGNORED).mean() > 0.5:
                continue
            y = self.encoded[k, r : r + COARSE, c : c + COARSE]
            low = self.low[k, 4 * r : 4 * r + FINE, 4 * c : 4 * c + FINE]
            flip = -1 if random.random() < 0.5 else 1
            parts.append(tuple(torch.from_numpy(np.ascontiguousarray(a[:, ::flip])) for a in (y, low, mask)))
        y, low, masks = (torch.stack(a) for a in zip(*parts))
        # Their NHWC is PyTorch's channels-last.
        return y.permute(0, 3, 1, 2).to(DIGITS), (low.permute(0, 3, 1, 2).float() / SIX).to(DIGITS), masks.long()


def near_outlines(foreground, reach):
    near = lambda a: F.max_pool2d(a, 2 * reach + 1, 1, reach)
    return ((near(foreground) + near(1 - foreground)) > 1.5).float()


def outlined_loss(y, said, masks):
    """Of the whole, and beside it the entropy near outlines alone."""
    y, said = (F.interpolate(a, masks.shape[-2:], mode="bilinear", align_corners=True) for a in (y, said))
    q = said.softmax(1)
    best = said.argmax(1)
    known = (masks < UNDRAWN) & ~sum(masks == k for k in UNSURE).bool()
    classes = F.one_hot(torch.where(known, masks, 0), len(CLASSES)).permute(0, 3, 1, 2).float()
    seen = F.one_hot(best, len(CLASSES)).float().mean((1, 2)) > SEEN
    agreed = known & (classes * seen[:, :, None, None]).sum(1).bool()
    foreground = ((masks > 0) & known).float()[:, None]
    near, close = (near_outlines(foreground, reach)[:, 0].bool() & agreed for reach in (REACH, CLOSEST))
    # Where nothing was drawn, the network's own outlines are blurred: they teach nothing.
    blurred = near_outlines((best > 0).float()[:, None], REACH)[:, 0].bool() & (masks == UNDRAWN)
    q = torch.where(near[:, None], classes, q)
    weight = (1 + OUTLINE * near.float() + CLOSE * close.float()) * ((masks != IGNORED) & ~blurred)
    said_less = F.log_softmax(y, 1)
    entropy = -(q * said_less).sum(1)
    spread = torch.special.entr(q).sum(1)
    mean = lambda a, where: (a.detach() * where).sum() / where.sum().clamp_min(1)
    return ((entropy - spread) * weight).sum() / weight.sum().clamp_min(1), mean(entropy, near), mean(entropy - spread, (weight > 0) & ~near)


def learns(name, weight):
    """1 where a value is learnt, 0 where it carries the scores, or would say what something is and not where it ends."""
    learning, c = torch.ones_like(weight), len(CLASSES)
    if name.startswith("decoder/conv_0/depthwise"):
        learning[:256] = 0
    elif name.startswith(("decoder/conv_0/pointwise", "decoder/conv_1")):
        learning[:c] = 0
    elif name.startswith("logits/"):
        learning[:] = 0
        if name == "logits/kernel":
            learning[BACKGROUND, c:] = 1
    return learning


def displaced(x):
    """What comes from ASPP on the decoder's grid, in some windows out of place: where things end is to be seen in the skip."""
    x = F.interpolate(x, (FINE, FINE), mode="bilinear", align_corners=True)
    x = F.pad(x, (CELLS,) * 4, mode="replicate")
    parts = []
    for one in x:
        moved = random.random() < DISPLACED
        r, c = (random.randint(0, 2 * CELLS) if moved else CELLS for _ in range(2))
        parts.append(one[:, r : r + FINE, c : c + FINE])
    return torch.stack(parts).contiguous(memory_format=torch.channels_last)


def main():
    a = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    whole, w = averaged(a.init), averaged(a.resume or a.init)
    average = {n: v.clone() for n, v in w.items()}
    learning = {n: v.requires_grad_() for n, v in w.items() if n.startswith(("decoder/", "logits/"))}
    learner = Learner(learning, average, {n: learns(n, v.detach()) for n, v in learning.items()})
    windows = Windows(a.kept)
    began, seen, told = time.time(), 0, []
    while (share := max(seen / a.windows, (time.time() - began) / 60 / a.minutes)) < 1:
        x, low, masks = windows.batch(a.batch)
        with half_digits():
            with torch.no_grad():
                said = decoded(whole, x, low).float()
            y = decoded(w, displaced(x), low).float()
        loss, near, kept = outlined_loss(y, said, masks)
        if not learner.learn(loss, a.lr * (1 - share) ** 0.9):
            continue
        seen += len(x)
        told.append((loss.item(), near.item(), kept.item()))
        if learner.steps % 100 == 0:
            loss, near, kept = np.mean(told, 0)
            minutes = (time.time() - began) / 60
            print(f"{learner.steps}  {minutes:.1f} min  {seen} windows  loss {loss:.4f}  near {near:.4f}  kept {kept:.4f}", flush=True)
            told = []
        if learner.steps % 500 == 0:
            np.savez(a.out, **to_arrays(average))
    np.savez(a.out, **to_arrays(average))


if __name__ == "__main__":
    main()
