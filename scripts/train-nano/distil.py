"""Teaches what narrow.py made what the released network says, block by block and at the end, on the grid of the features.

    python3 distil.py --released mobilenetv2-100-pascal.safetensors --photos <nano-training>/images --init narrow.npz --out tail.npz

The blocks that both share are looked at once: their output, and what the released network makes of it, are kept for some thousands of crops,
and learnt from again and again.
"""
import argparse
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

from learner import Learner, branch_dropout
from narrow import TRUNK, WHOLE_BLOCKS
from networks import CLASSES, averaged, backbone, head, read_safetensors, to_arrays, to_torch
from samples import Samples
from taught import read_taught

# Crops of one side fill a batch.
SIDES, BATCH = (257, 321, 321, 385, 449), 16
BY_CLASS, BALANCE = 0.9, 0.5


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("--released", required=True)
    p.add_argument("--photos", required=True)
    p.add_argument("--classes", required=True, help="file in which is kept what classes the released network sees in them")
    p.add_argument("--init", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--kept", type=int, default=4000, help="crops that are kept")
    p.add_argument("--crops", type=int, default=40000, help="how many of them, with repetition, are learnt from")
    p.add_argument("--lr", type=float, default=1e-3)
    p.add_argument("--dropped", default="0.15,0.15,0,0,0")
    p.add_argument("--threads", type=int, default=os.cpu_count() or 2)
    return p.parse_args()


class Crops(torch.utils.data.IterableDataset):
    """Batches of photos for ever."""

    def __init__(self, photos):
        self.samples = Samples([], photos, SIDES, BATCH, 0)
        self.samples.taught.by_class = BY_CLASS

    def __iter__(self):
        torch.set_num_threads(1)
        while True:
            side = random.choice(SIDES)
            yield torch.stack([self.samples.crop(self.samples.taught, side)[0] for _ in range(BATCH)])


def released_says(w, x):
    """What is learnt: the outputs of the fourteenth block, of the last but one, and the scores."""
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        trunk = backbone(w, x.contiguous(memory_format=torch.channels_last), 16, end=WHOLE_BLOCKS)[0]
        before_last = backbone(w, trunk, 16, begin=WHOLE_BLOCKS, end=16)[0]
        scores = head(w, backbone(w, before_last, 16, begin=16)[0], None)
    return [y.bfloat16().contiguous(memory_format=torch.channels_last) for y in (trunk, before_last, scores)]


def main():
    a = arguments()
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    released = to_torch(read_safetensors(a.released)[1])
    weights, average = averaged(a.init), averaged(a.init)
    learning = {n: w.requires_grad_() for n, w in weights.items() if not n.startswith(TRUNK)}
    learner = Learner(learning, average, 2.0, 0.995)
    keep = branch_dropout([float(share) for share in a.dropped.split(",")])
    loader = iter(torch.utils.data.DataLoader(Crops(read_taught(a.photos, released, a.classes)), batch_size=None, num_workers=1, prefetch_factor=4))
    began, kept, seen, told = time.time(), [], 0, []
    shares = torch.full((len(CLASSES),), 1 / len(CLASSES))
    while seen < a.crops:
        # Every fourth batch is a new one until enough are kept.
        is_new = len(kept) * BATCH < a.kept and (learner.steps % 4 == 0 or not kept)
        if is_new:
            kept.append(released_says(released, next(loader)))
        trunk, before_last, scores = kept[-1] if is_new else random.choice(kept)
        flipped = random.random() < 0.5
        trunk, before_last, scores = (y.flip(3) if flipped else y for y in (trunk, before_last, scores))
        with torch.autocast("cpu", torch.bfloat16):
            ours = backbone(weights, trunk, 16, begin=WHOLE_BLOCKS, end=16)[0]
            said = head(weights, backbone(weights, ours, 16, begin=16)[0], None, keep=keep).float()
        q = scores.float().softmax(1)
        shares.lerp_(q.mean((0, 2, 3)), 0.02)
        # Classes that are rare and thin count as those that are large do, nearly.
        weight = (q * (shares + 1e-3).pow(-BALANCE)[:, None, None]).sum(1)
        weight = weight / weight.mean()
        far = (ours.float() - before_last.float()).square().mean() / before_last.float().var()
        loss = (weight * (q * (F.log_softmax(scores.float(), 1) - F.log_softmax(said, 1))).sum(1)).mean() + 0.5 * far
        if not learner.learn(loss, a.lr * max(0.02, 1 - seen / a.crops)):
            continue
        seen += len(trunk)
        told.append((loss.item(), far.item()))
        if learner.steps % 100 == 0:
            print(f"{learner.steps}  {(time.time() - began) / 60:.1f} min  {seen} crops of {len(kept) * BATCH}  loss {np.mean(told, 0).round(4)}", flush=True)
            told = []
        if learner.steps % 500 == 0:
            np.savez(a.out, **to_arrays(average))
    np.savez(a.out, **to_arrays(average))


if __name__ == "__main__":
    main()
