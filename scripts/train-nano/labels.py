"""Soft labels for training: a larger model's class probabilities for every photo of a folder, on the grid of its logits.

    python3 labels.py <model.safetensors> <folder of photos> <out> [--long-side 513] [--output-stride 8] [--flip]

What it writes is described in label_files.py. Photos are stretched to the nearest sides 16k + 1, so that the grid's corners are theirs.
"""
import argparse
import os
import time

import torch
from PIL import Image

from label_files import write_labels
from networks import logits, pixels_of, read_safetensors, to_torch


def aligned(side):
    return 16 * max(2, round((side - 1) / 16)) + 1


def main():
    p = argparse.ArgumentParser()
    p.add_argument("model")
    p.add_argument("photos")
    p.add_argument("out")
    p.add_argument("--long-side", type=int, default=513)
    p.add_argument("--output-stride", type=int, default=8)
    p.add_argument("--flip", action="store_true", help="average with the mirrored photo, at twice the time")
    a = p.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    weights = {n: w.to(device) for n, w in to_torch(read_safetensors(a.model)[1]).items()}
    names = sorted(f for f in os.listdir(a.photos) if f.endswith(".jpg"))

    def labelled():
        began = time.time()
        for count, name in enumerate(names, 1):
            photo = Image.open(os.path.join(a.photos, name))
            scale = a.long_side / max(photo.size)
            x = pixels_of(photo.convert("RGB").resize([aligned(side * scale) for side in photo.size], Image.BICUBIC)).to(device)
            x = x.contiguous(memory_format=torch.channels_last)
            soft = torch.softmax(logits(weights, x, a.output_stride), 1)
            if a.flip:
                soft = (soft + torch.softmax(logits(weights, x.flip(3), a.output_stride), 1).flip(3)) / 2
            yield name, (255 * soft[0]).round().byte().permute(1, 2, 0).contiguous().cpu().numpy()
            if count % 500 == 0:
                print(count, "photos", round(time.time() - began), "s", flush=True)

    with torch.no_grad():
        write_labels(a.out, labelled())


if __name__ == "__main__":
    main()
