"""Soft labels for training: a larger model's class probabilities for every photo of a folder, on the grid of its logits.

    python3 labels.py <model.safetensors> <folder of photos> <out> [--long-side 513] [--output-stride 8] [--flip]

Writes `<out>.json` (each photo's file, and its grid's height and width) and `<out>.bin` (height x width x 21 bytes a photo:
probability times 255, in the same order). Photos are stretched to the nearest sides 16k + 1, so that the grid's corners are theirs.
"""
import argparse
import json
import os
import time

import numpy as np
import torch
from PIL import Image

from networks import logits, read_safetensors, to_torch


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
    index, began = [], time.time()
    with open(a.out + ".bin", "wb") as file, torch.no_grad():
        for name in sorted(f for f in os.listdir(a.photos) if f.endswith(".jpg")):
            photo = Image.open(os.path.join(a.photos, name)).convert("RGB")
            scale = a.long_side / max(photo.size)
            photo = photo.resize([aligned(side * scale) for side in photo.size], Image.BICUBIC)
            x = torch.from_numpy(np.array(photo)).permute(2, 0, 1)[None].float().to(device) / 127.5 - 1
            x = x.contiguous(memory_format=torch.channels_last)
            soft = torch.softmax(logits(weights, x, a.output_stride), 1)
            if a.flip:
                soft = (soft + torch.softmax(logits(weights, x.flip(3), a.output_stride), 1).flip(3)) / 2
            soft = (255 * soft[0]).round().byte().permute(1, 2, 0).contiguous().cpu().numpy()
            file.write(soft.tobytes())
            index.append({"file": name, "height": soft.shape[0], "width": soft.shape[1]})
            if len(index) % 500 == 0:
                print(len(index), "photos", round(time.time() - began), "s", flush=True)
    with open(a.out + ".json", "w") as file:
        json.dump(index, file)


if __name__ == "__main__":
    main()
