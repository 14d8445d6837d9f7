"""How good weights are on photos with masks, and what each part is worth. Photos fill a square as on the pages: the longer side is the
square's, grey around.

    python3 score.py <all.npz or a model's .safetensors> <photos with masks> [sizes, 257,385,513 by default] [ids of photos that are left out]

prints it for the photos that train.py holds out of those with masks, or for all that a VOC folder names in its val.txt. (`npm run evaluate` measures the
engine; this, in PyTorch, measures what is on its way to it.)
"""
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from networks import CLASSES, IGNORED, RATES, averaged, backbone, head
from samples import read_masked, split

BAND = 3


def squared(photo, size):
    """A photo in a square as the network reads it, [1, 3, size, size], and how much of it the photo takes, (height, width)."""
    scale = size / max(photo.size)
    width, height = (max(1, round(side * scale)) for side in photo.size)
    x = torch.zeros(1, 3, size, size)
    x[0, :, :height, :width] = torch.from_numpy(np.array(photo.convert("RGB").resize((width, height), Image.BILINEAR))).permute(2, 0, 1) / 127.5 - 1
    return x, (height, width)


def near_outlines(mask):
    """Whether a pixel of a mask [h, w] is within so many pixels of another class."""
    a = torch.from_numpy(mask.astype(np.float32))[None, None]
    side = 2 * BAND + 1
    return (F.max_pool2d(a, side, 1, BAND) != -F.max_pool2d(-a, side, 1, BAND))[0, 0].numpy()


def muting(*muted):
    return {"keep": lambda index, branch: branch * 0 if index in muted else branch}


WHOLE = {"as trained": {}}
PARTS = {**WHOLE, "skip muted": muting(-1), "rates (1, 1, 1)": {"rates": (1, 1, 1)}, "pooling muted": muting(0), "1x1 muted": muting(1)}
PARTS |= {f"rate {rate} muted": muting(2 + index) for index, rate in enumerate(RATES)}


def score(weights, photos, size=513, variants=WHOLE):
    """{variant: (mIoU %, the same near outlines, IoU by class)} of (photo path, mask path, ...); mIoU is of the classes that the masks hold."""
    classes = len(CLASSES)
    counts = {name: np.zeros((2, classes, classes)) for name in variants}
    with torch.no_grad():
        for path, mask_path, *_ in photos:
            photo, mask = Image.open(path), np.array(Image.open(mask_path))
            x, (height, width) = squared(photo, size)
            features, low = backbone(weights, x.contiguous(memory_format=torch.channels_last), 16)
            near = near_outlines(mask)
            for name, options in variants.items():
                y = F.interpolate(head(weights, features, low, **options), (size, size), mode="bilinear", align_corners=True)
                y = F.interpolate(y[:, :, :height, :width], mask.shape, mode="bilinear", align_corners=False)[0].argmax(0).numpy()
                for row, counted in enumerate((mask != IGNORED, (mask != IGNORED) & near)):
                    counts[name][row] += np.bincount(mask[counted].astype(int) * classes + y[counted], minlength=classes**2).reshape(classes, classes)
    return {name: measured(count) for name, count in counts.items()}


def measured(confusions):
    rows = []
    for confusion in confusions:
        hit = confusion.diagonal()
        held = confusion.sum(1) > 0
        rows.append((100 * hit / np.maximum(1, confusion.sum(0) + confusion.sum(1) - hit), held))
    (all_over, held), (near, near_held) = rows
    return all_over[held].mean(), near[near_held].mean(), all_over


def photos_of(folder):
    """(photo path, mask path) of a VOC folder's val.txt, else of the photos that are held out of those with masks."""
    names = os.path.join(folder, "ImageSets/Segmentation/val.txt")
    if not os.path.exists(names):
        return [(photo, mask) for photo, mask, _ in split(read_masked(folder))[1]]
    return [(os.path.join(folder, "JPEGImages", n + ".jpg"), os.path.join(folder, "SegmentationClass", n + ".png")) for n in open(names).read().split()]


def main():
    file, folder, sizes = sys.argv[1], sys.argv[2], (sys.argv[3:] or ["257,385,513"])[0]
    weights = averaged(file)
    left_out = (sys.argv[4:] or [""])[0].split(",")
    photos = [photo for photo in photos_of(folder) if os.path.splitext(os.path.basename(photo[0]))[0] not in left_out]
    for size in (int(s) for s in sizes.split(",")):
        for name, (miou, near, classes) in score(weights, photos, size, PARTS).items():
            print(f"{size}  {name:16} mIoU {miou:.1f}  near outlines {near:.1f}  " + " ".join(f"{iou:.0f}" for iou in classes), flush=True)


if __name__ == "__main__":
    main()
