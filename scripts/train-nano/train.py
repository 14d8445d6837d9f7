"""Trains nano on soft labels of a larger model, and hand-drawn person masks where a photo has one.

    python3 train.py --photos <nano-training> --labels <labels> --init first.npz --out nano.npz --minutes 40 [--threads 2]

`--labels` names what labels.py or refine.py wrote (without .json), a comma between parts. Checkpoints hold the weights (`name`) and
their moving average (`average/name`); `--init` goes on from one. A GPU is used where there is one.
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

from label_files import read_labels
from networks import PERSON, averaged_weights, is_released, logits, pixels_of, to_arrays, to_torch

CLASSES = 21
DECODER_STRIDE = 4
# The share of samples that are four crops, where the crops are not too small for it.
MOSAICS, MOSAIC_SIDE = 0.4, 385


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("--photos", required=True)
    p.add_argument("--labels", required=True)
    p.add_argument("--init", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--minutes", type=float, default=40)
    p.add_argument("--sizes", default="257,385,513,513", help="crop sides; each step takes one of them")
    p.add_argument("--batch", type=int, default=12, help="crops a step at 257; at larger sides as many as have as many pixels")
    p.add_argument("--lr", type=float, default=1e-4)
    p.add_argument("--released-lr", type=float, default=0.1, help="share of the rate for the weights of the released model")
    p.add_argument("--carried-lr", type=float, default=0.1, help="share of the rate for the head's channels that carry its logits")
    p.add_argument("--check-every", type=float, default=8, help="minutes between scores on the photos held out")
    p.add_argument("--threads", type=int, default=os.cpu_count() or 2)
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


def read_data(photos, labels):
    """(photo path, soft labels [h, w, 21] of bytes, mask path or None) of every photo with labels."""
    data = []
    for part in labels.split(","):
        for file, soft in read_labels(part):
            mask = os.path.join(photos, "person-masks", os.path.splitext(file)[0] + ".png")
            data.append((os.path.join(photos, "images", file), soft, mask if os.path.exists(mask) else None))
    return data


def classes_of(soft):
    """The classes that cover more than a speck of a photo."""
    coarse = soft[::4, ::4].argmax(2)
    return np.flatnonzero(np.bincount(coarse.ravel(), minlength=CLASSES) > 0.015 * coarse.size)


def split(data, seed=7, most=12, share=0.15):
    """Photos to learn from, and some of each class held out to measure on; each with its classes."""
    shuffled = [(*d, classes_of(d[1])) for d in data]
    random.Random(seed).shuffle(shuffled)
    total = np.bincount(np.concatenate([d[3] for d in shuffled]), minlength=CLASSES)
    held, rest, taken = [], [], np.zeros(CLASSES, int)
    for d in shuffled:
        wanted = [k for k in d[3] if k > 0 and taken[k] < min(most, share * total[k])]
        taken[wanted] += 1
        (held if wanted else rest).append(d)
    return rest, held


def read_mask(path):
    """Where a person was drawn, and what the drawing decides: a strip around them as well, for people further off were not drawn."""
    drawn = torch.from_numpy((np.array(Image.open(path)) > 0).astype(np.float32))[None, None]
    reach = round(0.025 * min(drawn.shape[2:]))
    return drawn, F.max_pool2d(drawn, 2 * reach + 1, 1, reach)


def joined(a, b, dim):
    """Two grids that meet in a row or column of cells, b's."""
    return torch.cat([a.narrow(dim, 0, a.shape[dim] - 1), b], dim)


class Samples(torch.utils.data.IterableDataset):
    """Batches of crops with their labels on the decoder's grid: classes alike often, people with masks among them."""

    def __init__(self, data, sizes, batch, seed):
        self.data, self.sizes, self.batch, self.seed = data, sizes, batch, seed
        self.masked = [d for d in data if d[2]]
        self.by_class = [[d for d in data if k in d[3]] for k in range(CLASSES)]
        self.present = [k for k in range(1, CLASSES) if self.by_class[k]]

    def pick(self):
        r = random.random()
        if self.masked and r < 0.2:
            return random.choice(self.masked)
        return random.choice(self.by_class[random.choice(self.present)]) if r < 0.7 else random.choice(self.data)

    def sample(self, size):
        """One crop, or four of half the side: enlarged photos have no small things, and a step learns from more of them."""
        if size >= MOSAIC_SIDE and random.random() < MOSAICS:
            crops = [self.crop((size + 1) // 2) for _ in range(4)]
            return tuple(joined(joined(a, b, 2), joined(c, d, 2), 1) for a, b, c, d in zip(*crops))
        return self.crop(size)

    def crop(self, size):
        path, soft, mask, _ = self.pick()
        photo = pixels_of(Image.open(path))
        h, w = photo.shape[2:]
        # The photos are small: large crops are of nearly all of one.
        side = random.uniform(0.5 + 0.35 * (size - 257) / 256, 1.4) * min(h, w)
        ratio = math.exp(random.uniform(-0.15, 0.15))
        sw, sh = side * ratio, side / ratio
        place = lambda n, s: random.uniform(min(0, n - s), max(0, n - s)) + s / 2
        cx, cy, flip = place(w, sw), place(h, sh), random.choice((-1, 1))
        # Corners of grids are aligned everywhere, so one transform serves photo, labels and mask.
        theta = torch.tensor([[sw / w * flip, 0, 2 * cx / w - 1], [0, sh / h, 2 * cy / h - 1]])[None]
        n = (size - 1) // DECODER_STRIDE + 1

        def warp(a, side, padding="zeros"):
            return F.grid_sample(a, F.affine_grid(theta, (1, a.shape[1], side, side), align_corners=True), "bilinear", padding, align_corners=True)

        x = warp(photo, size)
        enlarged = size / math.sqrt(sw * sh)
        if enlarged > 1:
            # Enlarged photos are softer than those of a camera.
            x = x + random.uniform(0, 1.2) * min(1, enlarged - 1) * (x - F.avg_pool2d(x, 3, 1, 1, count_include_pad=False))
        q = warp(torch.from_numpy(soft.astype(np.float32)).permute(2, 0, 1)[None] / 255, n, "border")
        inside = warp(torch.ones(1, 1, 8, 8), n)
        if mask:
            drawn, decided = (warp(m, n) for m in read_mask(mask))
            person = drawn[:, 0] + (1 - decided[:, 0]) * q[:, PERSON]
            others = q.clone()
            others[:, PERSON] = 0
            q = others / (others.sum(1, keepdim=True) + 1e-4) * (1 - person[:, None])
            q[:, PERSON] += person
        q = q / q.sum(1, keepdim=True).clamp_min(1e-4)
        # Around a photo there is grey, whatever its light.
        framed = warp(torch.ones(1, 1, h, w), size)
        x = x * random.uniform(0.75, 1.25) + random.uniform(-0.2, 0.2)
        if random.random() < 0.5:
            x = x * torch.empty(1, 3, 1, 1).uniform_(0.85, 1.15) + torch.empty(1, 3, 1, 1).uniform_(-0.08, 0.08)
        if random.random() < 0.06:
            x = x.mean(1, keepdim=True).expand(-1, 3, -1, -1)
        return (x.clamp(-1, 1) * framed)[0], q[0], inside[0]

    def __iter__(self):
        random.seed(self.seed + int(time.time()))
        torch.set_num_threads(1)
        while True:
            size = random.choice(self.sizes)
            count = max(2, round(self.batch * (257 / size) ** 2))
            yield tuple(torch.stack(parts) for parts in zip(*(self.sample(size) for _ in range(count))))


def outlines(foreground, reach=2):
    """1 within so many cells of where foreground and background meet, else 0."""
    near = lambda a: F.max_pool2d(a, 2 * reach + 1, 1, reach)
    return ((near(foreground) + near(1 - foreground)) > 1.5).float()


def score(weights, held, device):
    """mIoU % with the labels' most likely classes, and IoU % of people with hand-drawn masks, on photos at the labels' size."""
    confusion, people = np.zeros((CLASSES, CLASSES)), np.zeros(2)
    with torch.no_grad():
        for path, soft, mask, _ in held:
            h, w = soft.shape[:2]
            size = (DECODER_STRIDE * (h - 1) + 1, DECODER_STRIDE * (w - 1) + 1)
            x = pixels_of(Image.open(path).resize(size[::-1], Image.BICUBIC)).to(device).contiguous(memory_format=torch.channels_last)
            said = logits(weights, x)[0].argmax(0).cpu().numpy()
            confusion += np.bincount((soft.argmax(2).astype(int) * CLASSES + said).ravel(), minlength=CLASSES**2).reshape(CLASSES, CLASSES)
            if mask:
                drawn, decided = (F.interpolate(m, (h, w), mode="bilinear", align_corners=True)[0, 0].numpy() > 0.5 for m in read_mask(mask))
                found = (said == PERSON) & (decided | (soft.argmax(2) != PERSON))
                people += [(found & drawn).sum(), (found | drawn).sum()]
    hit = confusion.diagonal()
    iou = hit / np.maximum(1, confusion.sum(0) + confusion.sum(1) - hit)
    return 100 * iou.mean(), 100 * people[0] / max(1, people[1]), 100 * iou


FROZEN = ("backbone/conv", "backbone/block_00", "backbone/block_01")


def shares_of_rate(name, weight, released, carried):
    """How far each value of a weight (OIHW) moves, 1 being the whole rate. What came from the released model moves slowly, lest it forget what
    few photos show; what is new moves fast; what sees edges and colours, not at all."""
    shares = torch.ones_like(weight)
    if name.startswith(FROZEN):
        return shares * 0
    if is_released(name):
        return shares * released
    if name == "aspp/projection/kernel":
        # Before the atrous branches come image pooling and 1x1, each as wide as the projection.
        shares[:, : 2 * weight.shape[0]] = released
    elif name == "aspp/projection/bias":
        shares[:] = released
    elif name == "logits/kernel":
        shares[:, :CLASSES] = carried
    elif name.startswith(("decoder/conv_0/pointwise", "decoder/conv_1", "logits/bias")):
        shares[:CLASSES] = carried
    return shares


def main():
    a = arguments()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    stored = np.load(a.init)
    arrays = {n: stored[n] for n in stored.files if not n.startswith("average/")}
    weights = {n: t.to(device) for n, t in to_torch(arrays).items()}
    shares = {n: shares_of_rate(n, w, a.released_lr, a.carried_lr) for n, w in weights.items()}
    learning = {n: w.requires_grad_() for n, w in weights.items() if shares[n].any()}
    average = {n: t.to(device) for n, t in to_torch(averaged_weights(a.init)).items()}
    data, held = split(read_data(a.photos, a.labels))
    samples = Samples(data, [int(s) for s in a.sizes.split(",")], a.batch, a.seed)
    print(len(data), "photos,", len(samples.masked), "with masks,", len(held), "held out,", sum(w.numel() for w in weights.values()), "parameters", flush=True)
    loader = iter(torch.utils.data.DataLoader(samples, batch_size=None, num_workers=max(1, (os.cpu_count() or 2) - 2)))
    groups = [{"params": [w], "weight_decay": 0.01 if w.ndim == 4 and "depthwise" not in n else 0.0} for n, w in learning.items()]
    optimiser = torch.optim.AdamW(groups, lr=a.lr, betas=(0.9, 0.99))

    def save():
        arrays = to_arrays(weights)
        np.savez(a.out + ".part.npz", **arrays, **{"average/" + n: v for n, v in to_arrays(average).items()})
        os.replace(a.out + ".part.npz", a.out)

    def check():
        miou, person, ious = score(average, held, device)
        print(f"held out: mIoU {miou:.1f}  person {person:.1f}  " + " ".join(f"{i:.0f}" for i in ious), flush=True)

    check()
    began, step, checked, told = time.time(), 0, time.time(), [0.0, 0.0, 0]
    # Cells in which each class is meant, and said: a running sum.
    cells = torch.full((2, CLASSES), 1e-2, device=device)
    while (done := (time.time() - began) / (60 * a.minutes)) < 1:
        for g in optimiser.param_groups:
            g["lr"] = a.lr * (min(1, step / 150) * 0.5 * (1 + math.cos(math.pi * done)) + 0.01)
        x, q, inside = [t.to(device) for t in next(loader)]
        x = x.contiguous(memory_format=torch.channels_last)
        foreground = 1 - q[:, :1]
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            y = logits(weights, x)
        counts = inside * (1 + 0.5 * foreground + 2 * outlines(foreground))
        # What is said less often than meant counts more: mIoU asks as much of the rare classes as of the others.
        rare = (cells[0] / cells[1]).clamp(1, 3)
        rare[0] = 1
        loss = -(counts * (q * rare[:, None, None] * F.log_softmax(y.float(), 1)).sum(1, keepdim=True)).sum() / counts.sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(learning.values()), 5.0)
        before = {n: w.detach().clone() for n, w in learning.items()}
        optimiser.step()
        step += 1
        decay = min(0.997, (1 + step) / (10 + step))
        with torch.no_grad():
            for n, w in learning.items():
                # An optimiser that scales each step by its gradient ignores a scaled gradient, so it is the step that is scaled.
                w.copy_(torch.lerp(before[n], w, shares[n]))
                average[n].mul_(decay).add_(w, alpha=1 - decay)
            said, meant = y.argmax(1), q.argmax(1)
            for row, classes in zip(cells, (meant, said)):
                row.mul_(0.99).add_(torch.bincount(classes[inside[:, 0] > 0.5], minlength=CLASSES) / classes.numel())
            seen = (inside[:, 0] > 0.5) & ((said > 0) | (meant > 0))
            told = [told[0] + loss.item(), told[1] + ((said == meant) & seen).sum().item() / max(1, seen.sum().item()), told[2] + 1]
        if step % 50 == 0:
            print(f"{step}  {(time.time() - began) / 60:.1f} min  loss {told[0] / told[2]:.4f}  foreground agreement {told[1] / told[2]:.3f}", flush=True)
            told = [0.0, 0.0, 0]
        if time.time() - checked > 60 * a.check_every:
            save()
            check()
            checked = time.time()
    save()
    check()
    print("saved after", step, "steps", flush=True)


if __name__ == "__main__":
    main()
