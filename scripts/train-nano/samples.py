"""What nano learns from: photos with masks that people drew, and photos that a teacher looks at, as crops in batches."""
import math
import os
import random
import time

import numpy as np
import torch
from PIL import Image

from networks import CLASSES, IGNORED

FOLDERS = ("voc", "coco", "davis")
# Labels one thing a photo: what else is there would be learnt as background.
LABELS_ONE = "davis"
# Shares of a batch and of its crops.
TAUGHT_SHARE, MOSAICS, MOSAIC_SIDE, PASTED = 0.5, 0.25, 385, 0.1
# The share of photos that are chosen by class.
BY_CLASS = 0.6
# Classes that few masks show are pasted onto other photos; those that hardly any shows are not, or what is learnt are these few things.
FEW, TOO_FEW = 100, 20
GREY = 127


def read_masked(folder):
    """(photo path, mask path, its classes) of every photo with a mask."""
    data = []
    for part in FOLDERS:
        for name in open(os.path.join(folder, part, "ImageSets/Segmentation/train.txt")).read().split():
            mask = os.path.join(folder, part, "SegmentationClass", name + ".png")
            found = np.unique(np.array(Image.open(mask))[::4, ::4])
            data.append((os.path.join(folder, part, "JPEGImages", name + ".jpg"), mask, [k for k in found if 0 < k < len(CLASSES)]))
    return data


def split(masked, seed=7, most=9, share=0.12):
    """Photos to learn from, and some of each class held out to measure on."""
    shuffled = masked[:]
    random.Random(seed).shuffle(shuffled)
    total = np.bincount([k for d in shuffled for k in d[2]], minlength=len(CLASSES))
    held, rest, taken = [], [], np.zeros(len(CLASSES), int)
    for d in shuffled:
        wanted = [k for k in d[2] if taken[k] < min(most, share * total[k])]
        taken[wanted] += 1
        (held if wanted else rest).append(d)
    return [d for d in rest if f"/{LABELS_ONE}/" not in d[0]], held


class Source:
    """Photos of one kind, chosen by class in a share of cases, else by chance."""

    def __init__(self, data, by_class=BY_CLASS):
        self.data, self.by_class = data, by_class
        self.of_class = [[d for d in data if k in d[2]] for k in range(len(CLASSES))]
        self.present = [k for k in range(1, len(CLASSES)) if len(self.of_class[k]) >= TOO_FEW]
        self.few = [k for k in self.present if len(self.of_class[k]) < FEW]

    def pick(self):
        return random.choice(self.of_class[random.choice(self.present)]) if random.random() < self.by_class else random.choice(self.data)


def box_of(width, height, smallest, largest):
    """A square of a photo, or more than the photo, and a little stretched: (left, top, right, bottom)."""
    side = math.exp(random.uniform(math.log(smallest), math.log(largest))) * max(width, height)
    ratio = math.exp(random.uniform(-0.12, 0.12))
    sw, sh = side * ratio, side / ratio
    x, y = (random.uniform(min(0, n - s), max(0, n - s)) for n, s in ((width, sw), (height, sh)))
    return x, y, x + sw, y + sh


def coloured(x, inside):
    """A photo [3, h, w] in [-1, 1] in another light; around it there is grey, whatever its light."""
    x = x * random.uniform(0.75, 1.25) + random.uniform(-0.2, 0.2)
    if random.random() < 0.5:
        x = x * torch.empty(3, 1, 1).uniform_(0.87, 1.13) + torch.empty(3, 1, 1).uniform_(-0.07, 0.07)
    if random.random() < 0.05:
        x = x.mean(0, keepdim=True).expand(3, -1, -1)
    return x.clamp(-1, 1) * inside


class Samples(torch.utils.data.IterableDataset):
    """Batches for ever: photos [n, 3, s, s], masks [m, s', s'] of the first m, and where the others are photo and not what lies around it
    [n - m, s', s']; s' is every other pixel."""

    def __init__(self, masked, taught, sizes, batch, seed):
        self.masked, self.taught, self.sizes, self.batch, self.seed = Source(masked), Source(taught), sizes, batch, seed
        self.opened = {}

    def open(self, path, mode):
        """A decoded file; all of them fit into memory."""
        if path not in self.opened:
            image = Image.open(path)
            self.opened[path] = image.convert(mode) if mode else image.copy()
        return self.opened[path]

    def crop(self, source, size, smallest=0.45, largest=1.35, drawn=None):
        path, label, _ = drawn or source.pick()
        photo = self.open(path, "RGB")
        box, mirrored = box_of(*photo.size, smallest, largest), random.random() < 0.5
        pixels = np.array(photo.transform((size, size), Image.EXTENT, box, Image.BILINEAR, fillcolor=(GREY,) * 3))
        inside = np.array(Image.new("L", photo.size, 1).transform((size, size), Image.EXTENT, box, Image.NEAREST, fillcolor=0))
        x = coloured(torch.from_numpy(pixels).permute(2, 0, 1).float() / 127.5 - 1, torch.from_numpy(inside).float())
        y = inside
        if label:
            y = np.array(self.open(label, None).transform((size, size), Image.EXTENT, box, Image.NEAREST, fillcolor=IGNORED))
        y = torch.from_numpy(y).long()[None]
        return (x.flip(2), y.flip(2)) if mirrored else (x, y)

    def sample(self, source, size):
        """One crop, one with something rare pasted onto it, or four small ones: a step learns from more things."""
        if size >= MOSAIC_SIDE and random.random() < MOSAICS:
            parts = [self.crop(source, (size + 1) // 2, 0.6, 1.2) for _ in range(4)]
            return tuple(joined(joined(a, b, 2), joined(c, d, 2), 1) for a, b, c, d in zip(*parts))
        x, y = self.crop(source, size)
        if source is self.masked and random.random() < PASTED:
            rare = random.choice(source.few)
            of, label = self.crop(source, size, 0.7, 1.4, random.choice(source.of_class[rare]))
            there = label == rare
            x, y = torch.where(there, of, x), torch.where(there, label, y)
        return x, y

    def __iter__(self):
        random.seed(self.seed + int(time.time()))
        torch.manual_seed(random.randrange(1 << 30))
        torch.set_num_threads(1)
        while True:
            size = random.choice(self.sizes)
            count = max(4, round(self.batch * (385 / size) ** 2))
            taught = round(TAUGHT_SHARE * count)
            masked = [self.sample(self.masked, size) for _ in range(count - taught)]
            others = [self.crop(self.taught, size) for _ in range(taught)]
            photos = torch.stack([x for x, _ in masked + others])
            drawn, inside = (torch.stack([y[0, ::2, ::2] for _, y in part]) for part in (masked, others))
            yield photos, drawn, inside


def joined(a, b, dim):
    """Two grids that meet in a row or column of cells, b's."""
    return torch.cat([a.narrow(dim, 0, a.shape[dim] - 1), b], dim)
