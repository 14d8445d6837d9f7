"""Soft labels for photos without masks: a released model's class probabilities, averaged over sizes and mirrored photos.

    python3 labels.py <model.safetensors> <folder of photos> <out> [--only voc__] [--long-sides 385,513,641] [--grid 65]

What it writes is described in label_files.py. Photos are stretched to the nearest sides 16k + 1, so that the grids' corners are theirs. Averaging
over three sizes is worth four points of mIoU (the release's `eval_scales`); every other size sees the photo mirrored, which costs no time.
"""
import argparse
import os
import time

import torch
import torch.nn.functional as F
from PIL import Image

from label_files import write_labels
from networks import logits, pixels_of, read_safetensors, to_torch

OUTPUT_STRIDE = 16


def aligned(side):
    return 16 * max(2, round((side - 1) / 16)) + 1


def soft_label(weights, photo, long_sides, grid):
    """Probabilities [1, classes, h, w], the longer side `grid` cells."""
    longest = max(photo.size)
    shape = [max(2, round(side * grid / longest)) for side in photo.size[::-1]]
    total = 0
    for index, long_side in enumerate(long_sides):
        x = pixels_of(photo.resize([aligned(side * long_side / longest) for side in photo.size], Image.BICUBIC)).contiguous(memory_format=torch.channels_last)
        mirrored = index % 2 == 1
        y = logits(weights, x.flip(3) if mirrored else x, OUTPUT_STRIDE)
        y = F.interpolate(y.flip(3) if mirrored else y, shape, mode="bilinear", align_corners=True)
        total = total + y.softmax(1)
    return total / len(long_sides)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("model")
    p.add_argument("photos")
    p.add_argument("out")
    p.add_argument("--only", default="", help="what the photos' names begin with")
    p.add_argument("--long-sides", default="385,513,641")
    p.add_argument("--grid", type=int, default=65)
    a = p.parse_args()
    weights = to_torch(read_safetensors(a.model)[1])
    names = sorted(f for f in os.listdir(a.photos) if f.startswith(a.only) and f.endswith(".jpg"))
    long_sides = [int(side) for side in a.long_sides.split(",")]

    def labelled():
        began = time.time()
        for count, name in enumerate(names, 1):
            soft = soft_label(weights, Image.open(os.path.join(a.photos, name)).convert("RGB"), long_sides, a.grid)
            yield name, (255 * soft[0]).round().byte().permute(1, 2, 0).contiguous().numpy()
            if count % 100 == 0:
                print(count, "photos", round(time.time() - began), "s", flush=True)

    with torch.no_grad():
        write_labels(a.out, labelled())


if __name__ == "__main__":
    main()
