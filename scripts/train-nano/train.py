"""Trains nano on soft labels of a larger model, and hand-drawn person masks where a photo has one.

    python3 train.py --photos <nano-training> --labels <labels> --init first.npz --out nano.npz --minutes 40 [--threads 2]

`--labels` names what labels.ts wrote (without .json), a comma between parts. Checkpoints hold the weights (`name`), their moving
average (`average/name`) and the optimiser's moments, so that `--init` goes on from one. A GPU is used where there is one.
"""
import argparse
import json
import math
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from networks import PERSON, logits, to_arrays, to_torch

CLASSES = 21
DECODER_STRIDE = 4


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("--photos", required=True)
    p.add_argument("--labels", required=True)
    p.add_argument("--init", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--minutes", type=float, default=40)
    p.add_argument("--size", type=int, default=257)
    p.add_argument("--batch", type=int, default=8)
    p.add_argument("--lr", type=float, default=1e-4)
    p.add_argument("--backbone-lr", type=float, default=0.1, help="share of the rate for backbone, image pooling and 1x1")
    p.add_argument("--threads", type=int, default=os.cpu_count() or 2)
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


def read_data(photos, labels):
    """(photo path, soft labels [h, w, 21] of bytes, mask path or None) of every photo with labels."""
    data = []
    for part in labels.split(","):
        values, offset = np.memmap(part + ".bin", np.uint8, "r"), 0
        for entry in json.load(open(part + ".json")):
            h, w = entry["height"], entry["width"]
            size = h * w * CLASSES
            name = os.path.splitext(entry["file"])[0]
            mask = os.path.join(photos, "person-masks", name + ".png")
            data.append((os.path.join(photos, "images", entry["file"]), values[offset : offset + size].reshape(h, w, CLASSES), mask if os.path.exists(mask) else None))
            offset += size
    return data


class Samples(torch.utils.data.IterableDataset):
    """Crops of photos with their labels on the decoder's grid: classes alike often, people with masks among them."""

    def __init__(self, data, size, seed):
        self.data, self.size, self.seed = data, size, seed
        self.masked = [d for d in data if d[2]]
        self.by_class = [[] for _ in range(CLASSES)]
        for d in data:
            shares = np.bincount(d[1].argmax(2).ravel(), minlength=CLASSES) / (d[1].shape[0] * d[1].shape[1])
            for k in np.flatnonzero(shares > 0.015):
                self.by_class[k].append(d)
        self.present = [k for k in range(1, CLASSES) if self.by_class[k]]

    def pick(self):
        r = random.random()
        if self.masked and r < 0.15:
            return random.choice(self.masked)
        return random.choice(self.by_class[random.choice(self.present)]) if r < 0.7 else random.choice(self.data)

    def sample(self):
        path, soft, mask = self.pick()
        photo = torch.from_numpy(np.array(Image.open(path).convert("RGB"))).permute(2, 0, 1)[None].float() / 127.5 - 1
        h, w = photo.shape[2:]
        side = random.uniform(0.5, 1.25) * min(h, w)
        ratio = math.exp(random.uniform(-0.15, 0.15))
        sw, sh = side * ratio, side / ratio
        place = lambda n, s: random.uniform(min(0, n - s), max(0, n - s)) + s / 2
        cx, cy, flip = place(w, sw), place(h, sh), random.choice((-1, 1))
        # Corners of grids are aligned everywhere, so one transform serves photo, labels and mask.
        theta = torch.tensor([[sw / w * flip, 0, 2 * cx / w - 1], [0, sh / h, 2 * cy / h - 1]])[None]
        n = (self.size - 1) // DECODER_STRIDE + 1

        def warp(a, side, padding="zeros"):
            return F.grid_sample(a, F.affine_grid(theta, (1, a.shape[1], side, side), align_corners=True), "bilinear", padding, align_corners=True)

        x = warp(photo, self.size)
        q = warp(torch.from_numpy(soft.astype(np.float32)).permute(2, 0, 1)[None] / 255, n, "border")
        inside = warp(torch.ones(1, 1, 8, 8), n)
        if mask:
            person = warp(torch.from_numpy((np.array(Image.open(mask)) > 0).astype(np.float32))[None, None], n)
            others = q.clone()
            others[:, PERSON] = 0
            q = others / (others.sum(1, keepdim=True) + 1e-4) * (1 - person)
            q[:, PERSON] += person[:, 0]
        q = q / q.sum(1, keepdim=True).clamp_min(1e-4)
        x = x * random.uniform(0.75, 1.25) + random.uniform(-0.2, 0.2)
        if random.random() < 0.5:
            x = x * torch.empty(1, 3, 1, 1).uniform_(0.85, 1.15) + torch.empty(1, 3, 1, 1).uniform_(-0.08, 0.08)
        if random.random() < 0.06:
            x = x.mean(1, keepdim=True).expand(-1, 3, -1, -1)
        return x.clamp(-1, 1)[0], q[0], inside[0]

    def __iter__(self):
        random.seed(self.seed + int(time.time()))
        while True:
            yield self.sample()


def share_of_rate(name, backbone_share):
    """What came from the released model moves more slowly than what is new."""
    released = name.startswith(("backbone/", "aspp/image_pooling", "aspp/conv_1x1"))
    return backbone_share if released else 0.3 if name.startswith("aspp/projection") else 1.0


def main():
    a = arguments()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    stored = np.load(a.init)
    arrays = {n: stored[n] for n in stored.files if not n.startswith("average/")}
    weights = {n: t.to(device).requires_grad_() for n, t in to_torch(arrays).items()}
    average = to_torch({n: stored["average/" + n] if "average/" + n in stored.files else arrays[n] for n in arrays})
    average = {n: t.to(device) for n, t in average.items()}
    data = read_data(a.photos, a.labels)
    samples = Samples(data, a.size, a.seed)
    print(len(data), "photos,", len(samples.masked), "with masks,", sum(w.numel() for w in weights.values()), "parameters", flush=True)
    loader = iter(torch.utils.data.DataLoader(samples, batch_size=a.batch, num_workers=max(0, (os.cpu_count() or 2) - 2) if device == "cuda" else 0))
    groups = [{"params": [w], "share": share_of_rate(n, a.backbone_lr), "weight_decay": 0.01 if w.ndim == 4 and "depthwise" not in n else 0.0} for n, w in weights.items()]
    optimiser = torch.optim.AdamW(groups, lr=a.lr, betas=(0.9, 0.99))

    def save():
        arrays = to_arrays(weights)
        np.savez(a.out + ".part.npz", **arrays, **{"average/" + n: v for n, v in to_arrays(average).items()})
        os.replace(a.out + ".part.npz", a.out)

    began, step, told = time.time(), 0, [0.0, 0.0, 0]
    while (done := (time.time() - began) / (60 * a.minutes)) < 1:
        for g in optimiser.param_groups:
            g["lr"] = g["share"] * (a.lr * min(1, step / 150) * 0.5 * (1 + math.cos(math.pi * done)) + 1e-6)
        x, q, inside = [t.to(device) for t in next(loader)]
        x = x.contiguous(memory_format=torch.channels_last)
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            y = logits(weights, x)
        counts = inside * (1 + 1.5 * (1 - q[:, :1]))
        loss = -(counts * (q * F.log_softmax(y.float(), 1)).sum(1, keepdim=True)).sum() / counts.sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(weights.values()), 5.0)
        optimiser.step()
        step += 1
        decay = min(0.995, (1 + step) / (10 + step))
        with torch.no_grad():
            for n, w in weights.items():
                average[n].mul_(decay).add_(w, alpha=1 - decay)
            said, meant = y.argmax(1), q.argmax(1)
            seen = (inside[:, 0] > 0.5) & ((said > 0) | (meant > 0))
            told = [told[0] + loss.item(), told[1] + ((said == meant) & seen).sum().item() / max(1, seen.sum().item()), told[2] + 1]
        if step % 50 == 0:
            print(f"{step}  {(time.time() - began) / 60:.1f} min  loss {told[0] / told[2]:.4f}  foreground agreement {told[1] / told[2]:.3f}", flush=True)
            told = [0.0, 0.0, 0]
        if step % 250 == 0:
            save()
    save()
    print("saved after", step, "steps", flush=True)


if __name__ == "__main__":
    main()
