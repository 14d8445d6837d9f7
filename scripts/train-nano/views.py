"""Keeps what is still of crops at three sizes, so that all behind it can be learnt without photos: what the first blocks make of them, what a teacher
says of the same crop in its largest size, and what people drew.

    python3 views.py <nano.npz or .safetensors> <masks> <photos> <folder> --teacher mobilenetv2-100-pascal.safetensors --classes classes.json

The folder gets, of each crop, `seen_<size>.npy` (what goes into block FIRST, float16, NHWC), `said.npy` (the teacher's logits on its own grid, float16)
and `masks.npy` (on that grid; IGNORED around the photo, UNDRAWN where there is a photo and no mask).
"""
import argparse
import os
import random

import numpy as np
import torch
from PIL import Image

from kept import UNDRAWN
from networks import CLASSES, IGNORED, averaged, backbone, logits
from samples import GREY, TOO_FEW, Source, box_of, coloured, read_masked, split
from taught import read_taught

SIZES, LARGEST, FIRST = (257, 385, 513), 641, 7
# How often a crop is chosen for a class beside any other class, where few photos show it well: what is not seen often is forgotten.
OFTEN = {"bottle": 3, "bicycle": 3, "pottedplant": 2, "person": 2}
OFTEN |= {name: 1.5 for name in ("chair", "diningtable", "boat", "motorbike", "dog", "horse", "cow")}
MASKED = 0.45


def cells(size):
    return (size - 1) // 16 + 1


class Crops:
    """Crops of photos with masks and without, chosen by class."""

    def __init__(self, masked, taught):
        self.sources, self.opened = (Source(masked), Source(taught)), {}
        self.weights = [OFTEN.get(name, 1) for name in CLASSES[1:]]

    def open(self, path, mode):
        if path not in self.opened:
            image = Image.open(path)
            self.opened[path] = image.convert(mode) if mode else image.copy()
        return self.opened[path]

    def pick(self):
        kind = random.choices(range(1, len(CLASSES)), self.weights)[0]
        able = [source for source in self.sources if len(source.of_class[kind]) >= TOO_FEW] or self.sources[1:]
        source = able[0] if random.random() < MASKED else able[-1]
        return random.choice(source.of_class[kind] if random.random() < 0.85 else source.data)

    def crop(self, smallest=0.55, largest=1.3):
        """One crop as an image of the largest size, where it is photo, and its mask there."""
        path, label, _ = self.pick()
        photo = self.open(path, "RGB")
        box, mirrored = box_of(*photo.size, smallest, largest), random.random() < 0.5
        side = (LARGEST, LARGEST)
        image = photo.transform(side, Image.EXTENT, box, Image.BICUBIC, fillcolor=(GREY,) * 3)
        inside = Image.new("L", photo.size, 1).transform(side, Image.EXTENT, box, Image.NEAREST, fillcolor=0)
        mask = self.open(label, None).transform(side, Image.EXTENT, box, Image.NEAREST, fillcolor=IGNORED) if label else None
        parts = [None if p is None else p.transpose(Image.FLIP_LEFT_RIGHT) if mirrored else p for p in (image, inside, mask)]
        return parts[0], np.array(parts[1]), None if parts[2] is None else np.array(parts[2])


def pixels_at(image, size):
    resized = image if image.width == size else image.resize((size, size), Image.BILINEAR)
    return torch.from_numpy(np.array(resized)).permute(2, 0, 1).float() / 127.5 - 1


def main():
    p = argparse.ArgumentParser()
    p.add_argument("model")
    p.add_argument("masks")
    p.add_argument("photos")
    p.add_argument("folder")
    p.add_argument("--teacher", required=True)
    p.add_argument("--classes", required=True)
    p.add_argument("--count", type=int, default=6000)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--part", default="0/1", help="which part of the crops: `0/2` and `1/2` side by side, after `--part begin`")
    a = p.parse_args()
    os.makedirs(a.folder, exist_ok=True)
    most = cells(LARGEST)
    shapes = {"said": ((a.count, most, most, len(CLASSES)), np.float16), "masks": ((a.count, most, most), np.uint8)}
    shapes |= {f"seen_{size}": ((a.count, cells(size), cells(size), 32), np.float16) for size in SIZES}
    begin = a.part in ("begin", "0/1")
    kept = {
        name: np.lib.format.open_memmap(os.path.join(a.folder, name + ".npy"), "w+" if begin else "r+", dtype, shape if begin else None)
        for name, (shape, dtype) in shapes.items()
    }
    if a.part == "begin":
        return
    index, parts = (int(n) for n in a.part.split("/"))
    random.seed(a.seed * 100 + index)
    torch.manual_seed(a.seed * 100 + index)
    torch.set_num_threads(1)
    w, teacher = averaged(a.model), averaged(a.teacher)
    crops = Crops(split(read_masked(a.masks))[0], read_taught(a.photos, teacher, a.classes))
    for done, k in enumerate(range(index, a.count, parts)):
        image, inside, mask = crops.crop()
        state = random.getstate(), torch.get_rng_state()
        masks = np.full((most, most), UNDRAWN, np.uint8) if mask is None else mask[::16, ::16]
        kept["masks"][k] = np.where(inside[::16, ::16] > 0, masks, IGNORED)
        with torch.no_grad():
            for size in (LARGEST, *SIZES):
                # The same light in every size.
                random.setstate(state[0])
                torch.set_rng_state(state[1])
                around = torch.from_numpy(np.array(Image.fromarray(inside).resize((size, size), Image.NEAREST))).float()
                x = coloured(pixels_at(image, size), around)[None].contiguous(memory_format=torch.channels_last)
                if size == LARGEST:
                    kept["said"][k] = logits(teacher, x)[0].permute(1, 2, 0).numpy()
                else:
                    kept[f"seen_{size}"][k] = backbone(w, x, 16, end=FIRST)[0][0].permute(1, 2, 0).numpy()
        if done % 200 == 0:
            print(f"{done * parts} of {a.count}", flush=True)


if __name__ == "__main__":
    main()
