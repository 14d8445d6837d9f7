"""Keeps what a still backbone and ASPP make of photos, so that a decoder can be learnt from it without them.

    python3 kept.py divided.npz <masks> <photos> <folder> --classes classes.json

The folder gets, of each crop of 513 pixels: `encoded.npy` (ASPP's projection at stride 16, float16), `low.npy` (the low-level end point at stride 4,
ReLU6 as bytes) and `masks.npy` (every other pixel; IGNORED where nothing was drawn or seen, UNDRAWN where there is a photo and no mask).
"""
import argparse
import os
import random

import numpy as np
import torch

from networks import IGNORED, averaged, backbone, encoded, half_digits
from samples import Samples, read_masked, split
from taught import read_taught

SIZE, UNDRAWN, SIX = 513, 254, 255 / 6


def main():
    p = argparse.ArgumentParser()
    p.add_argument("model")
    p.add_argument("masks")
    p.add_argument("photos")
    p.add_argument("folder")
    p.add_argument("--classes", required=True)
    p.add_argument("--times", type=int, default=2, help="crops of each photo with a mask")
    p.add_argument("--others", type=int, default=900, help="crops of photos without")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--part", default="0/1", help="which part of the crops: `0/2` and `1/2` side by side, after `--part begin`")
    a = p.parse_args()
    random.seed(a.seed)
    masked = split(read_masked(a.masks))[0]
    samples = Samples(masked, read_taught(a.photos, None, a.classes), [SIZE], 1, a.seed)
    drawn = masked * a.times
    coarse, fine, half = (SIZE - 1) // 16 + 1, (SIZE - 1) // 4 + 1, (SIZE - 1) // 2 + 1
    count = len(drawn) + a.others
    shapes = {"encoded": ((count, coarse, coarse, 256), np.float16), "low": ((count, fine, fine, 72), np.uint8), "masks": ((count, half, half), np.uint8)}
    os.makedirs(a.folder, exist_ok=True)
    begin = a.part in ("begin", "0/1")
    kept = {
        name: np.lib.format.open_memmap(os.path.join(a.folder, name + ".npy"), "w+" if begin else "r+", dtype, shape if begin else None)
        for name, (shape, dtype) in shapes.items()
    }
    if a.part == "begin":
        return
    index, parts = (int(n) for n in a.part.split("/"))
    random.seed(a.seed + index)
    torch.manual_seed(a.seed + index)
    torch.set_num_threads(1)
    w = averaged(a.model)
    order = list(range(count))[index::parts]
    random.Random(a.seed).shuffle(order)
    for done, k in enumerate(order):
        if k < len(drawn):
            x, mask = samples.crop(samples.masked, SIZE, 0.6, 1.25, drawn[k])
        else:
            x, inside = samples.crop(samples.taught, SIZE, 0.6, 1.25)
            mask = torch.where(inside > 0, UNDRAWN, IGNORED)
        with torch.no_grad(), half_digits():
            features, low = backbone(w, x[None].contiguous(memory_format=torch.channels_last), 16)
            y = encoded(w, features)
        kept["encoded"][k] = y[0].permute(1, 2, 0).float().numpy()
        kept["low"][k] = (low[0].permute(1, 2, 0).float() * SIX).round().clamp(0, 255).byte().numpy()
        kept["masks"][k] = mask[0, ::2, ::2].numpy()
        if done % 200 == 0:
            print(f"{done} of {len(order)}", flush=True)


if __name__ == "__main__":
    main()
