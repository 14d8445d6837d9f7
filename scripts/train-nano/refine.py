"""Soft labels made finer: twice the grid, edges moved to those of the photo (guided filter, He et al., ECCV 2010).

    python3 refine.py <labels> <folder of photos> <out> [--radius 2] [--epsilon 1e-3]

Reads and writes what labels.py writes. Within a window the filter takes each class's probability for a linear function of the photo's
colours, so it steps where the photo steps. Prints how well the person class fits hand-drawn masks before and after (`--masks`).
"""
import argparse
import os

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from label_files import read_labels, write_labels
from networks import PERSON

# A class that nowhere reaches this probability is not worth filtering.
FAINT = 0.04


def mean(a, radius):
    return F.avg_pool2d(a, 2 * radius + 1, 1, radius, count_include_pad=False)


def guided(colours, p, radius, epsilon):
    """p [n, 1, h, w] filtered with the guide colours [3, h, w] in 0..1."""
    c = colours[:, None]
    mean_c, mean_p = mean(c, radius), mean(p, radius)
    (rr, rg, rb), (_, gg, gb), (_, _, bb) = [[mean(c[i] * c[j], radius)[0] - (mean_c[i] * mean_c[j])[0] for j in range(3)] for i in range(3)]
    rr, gg, bb = rr + epsilon, gg + epsilon, bb + epsilon
    # The inverse of a symmetric 3x3 matrix, by cofactors.
    a, b, d = gg * bb - gb * gb, gb * rb - rg * bb, rg * gb - gg * rb
    e, f, g = rr * bb - rb * rb, rg * rb - rr * gb, rr * gg - rg * rg
    determinant = rr * a + rg * b + rb * d
    inverse = torch.stack([torch.stack(row) for row in ((a, b, d), (b, e, f), (d, f, g))]) / determinant
    covariance = torch.stack([mean(c[i] * p, radius) - mean_c[i] * mean_p for i in range(3)])[:, :, 0]
    slopes = torch.einsum("ijhw,jnhw->inhw", inverse, covariance)
    offset = mean_p[:, 0] - (slopes * mean_c).sum(0)
    count = p.shape[0]
    smooth = mean(torch.cat([slopes.reshape(3 * count, *p.shape[-2:]), offset])[:, None], radius)[:, 0]
    return ((smooth[: 3 * count].reshape(3, count, *p.shape[-2:]) * c).sum(0) + smooth[3 * count :])[:, None]


def refined(photo, soft, radius, epsilon):
    """Soft labels [h, w, classes] in 0..255 on the grid (2h - 1, 2w - 1)."""
    h, w = soft.shape[0] * 2 - 1, soft.shape[1] * 2 - 1
    colours = F.interpolate(torch.from_numpy(np.array(photo)).permute(2, 0, 1)[None].float() / 255, (h, w), mode="bilinear", align_corners=True)[0]
    p = F.interpolate(torch.from_numpy(soft.astype(np.float32)).permute(2, 0, 1)[:, None] / 255, (h, w), mode="bilinear", align_corners=True)
    shown = p.amax((1, 2, 3)) > FAINT
    p[shown] = guided(colours, p[shown], radius, epsilon).clamp(0, 1)
    return (p[:, 0] / p.sum(0).clamp_min(1e-3) * 255).round().byte().permute(1, 2, 0).numpy()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("labels")
    p.add_argument("photos")
    p.add_argument("out")
    p.add_argument("--radius", type=int, default=2)
    p.add_argument("--epsilon", type=float, default=1e-3)
    p.add_argument("--masks", help="folder of person masks to compare with")
    a = p.parse_args()
    overlap = np.zeros((2, 2))

    def finer():
        for file, soft in read_labels(a.labels):
            fine = refined(Image.open(os.path.join(a.photos, file)).convert("RGB"), soft, a.radius, a.epsilon)
            yield file, fine
            mask = a.masks and os.path.join(a.masks, os.path.splitext(file)[0] + ".png")
            if mask and os.path.exists(mask):
                drawn = np.array(Image.open(mask)) > 0
                for row, labels in zip(overlap, (soft, fine)):
                    p = F.interpolate(torch.from_numpy(labels.astype(np.float32)).permute(2, 0, 1)[None], drawn.shape, mode="bilinear", align_corners=True)
                    person = (p.argmax(1)[0] == PERSON).numpy()
                    row += [(person & drawn).sum(), (person | drawn).sum()]

    write_labels(a.out, finer())
    if a.masks:
        print("person IoU %: {:.1f} before, {:.1f} after".format(*(100 * overlap[:, 0] / overlap[:, 1])))


if __name__ == "__main__":
    main()
