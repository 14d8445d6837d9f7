"""Trains nano on masks that people drew, and on what a larger network says of photos without.

    python3 train.py --masks <real-masks> --photos <nano-training>/images --teacher mobilenetv2-100-pascal.safetensors --classes classes.json \\
        --init first.npz --out head.npz --crops 9000

The backbone is still by default; from --first-block on it learns, at a share of the rate. Branches of ASPP are taken away now and then, image
pooling and the 1x1 most often, so that the atrous ones learn to carry. The rate falls to zero over --crops, or over --minutes where these are
over first. Checkpoints hold the weights (`name`) and their moving average (`average/name`); `--init` goes on from the average of one.
"""
import argparse
import math
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

from learner import Learner, branch_dropout
from lovasz import lovasz_loss
from networks import CLASSES, IGNORED, STRIDES, averaged, backbone, half_digits, head, logits, to_arrays
from samples import Samples, read_masked, split
from score import PARTS, WHOLE, score
from taught import read_taught

# What a pixel near outlines counts beside any other, and how far of a step that goes which carries the released scores.
OUTLINE, CARRIED = 3.0, 0.2
# What counts beside the cross-entropy of masks that people drew: the Lovasz loss, and the teacher's word on the same photos.
LOVASZ, TAUGHT_BESIDE = 0.5, 0.5


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("--masks", required=True)
    p.add_argument("--photos", required=True)
    p.add_argument("--teacher", required=True)
    p.add_argument("--classes", required=True, help="file in which is kept what classes the teacher sees in the photos without masks")
    p.add_argument("--init", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--crops", type=int, required=True, help="how many to learn from; the rate falls to zero over them")
    p.add_argument("--minutes", type=float, default=math.inf, help="how long at most")
    p.add_argument("--sizes", default="257,257,385,385,385,513", help="crop sides; each step takes one of them")
    p.add_argument("--batch", type=int, default=8, help="crops a step at 385; at other sides as many as have as many pixels")
    p.add_argument("--lr", type=float, default=2e-3)
    p.add_argument("--first-block", type=int, default=len(STRIDES), help="the first block of the backbone that learns; none by default")
    p.add_argument("--backbone-rate", type=float, default=0.1, help="share of the rate for these blocks")
    p.add_argument("--dropped", default="0.4,0.4,0,0,0", help="how often each branch is taken away: image pooling, the 1x1, the rates in order")
    p.add_argument("--check-every", type=int, default=8000, help="crops between scores on the photos held out")
    p.add_argument("--threads", type=int, default=os.cpu_count() or 2)
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


def near_outlines(foreground, reach=3):
    """1 within so many cells of where foreground and background meet, else 0."""
    near = lambda a: F.max_pool2d(a, 2 * reach + 1, 1, reach)
    return ((near(foreground) + near(1 - foreground)) > 1.5).float()


def drawn_loss(y, masks):
    """Cross-entropy with masks, at every other pixel of the photo and more near outlines, and the Lovasz loss."""
    y = F.interpolate(y, masks.shape[-2:], mode="bilinear", align_corners=True)
    foreground = ((masks > 0) & (masks != IGNORED)).float()
    weight = (1 + OUTLINE * near_outlines(foreground[:, None])[:, 0]) * (masks != IGNORED)
    entropy = (F.cross_entropy(y, masks, ignore_index=IGNORED, reduction="none") * weight).sum() / weight.sum().clamp_min(1)
    return entropy + LOVASZ * lovasz_loss(y.softmax(1), masks, IGNORED)


def taught_loss(y, taught, inside):
    """Cross-entropy with what a teacher says on its coarse grid."""
    q = F.interpolate(taught, y.shape[-2:], mode="bilinear", align_corners=True).softmax(1)
    weight = F.interpolate(inside[:, None].float(), y.shape[-2:])[:, 0]
    return (-(q * F.log_softmax(y, 1)).sum(1) * weight).sum() / weight.sum().clamp_min(1)


def shares_of(name, weight, backbone_rate):
    """How far each value of a weight goes of a step: what carries the released scores (surgery.py) moves slowly, or they are soon forgotten."""
    shares = torch.ones_like(weight)
    if name.startswith("backbone/"):
        return shares * backbone_rate
    if name.startswith(("aspp/image_pooling", "aspp/conv_1x1", "aspp/projection/bias")):
        return shares * CARRIED
    if name == "aspp/projection/kernel":
        shares[:, : 2 * weight.shape[0]] = CARRIED
    elif name == "logits/kernel":
        shares[:, : len(CLASSES)] = CARRIED
    elif name.startswith(("decoder/conv_0/pointwise", "decoder/conv_1", "logits/bias")):
        shares[: len(CLASSES)] = CARRIED
    return shares


def main():
    a = arguments()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    teacher = averaged(a.teacher)
    # What goes on from a checkpoint goes on from its average.
    weights, average = averaged(a.init), averaged(a.init)
    still = ("backbone/conv/",) + tuple(f"backbone/block_{index:02d}/" for index in range(a.first_block))
    learning = {n: w.requires_grad_() for n, w in weights.items() if not n.startswith(still)}
    learner = Learner(learning, average, {n: shares_of(n, w.detach(), a.backbone_rate) for n, w in learning.items()})
    masked, held = split(read_masked(a.masks))
    taught = read_taught(a.photos, teacher, a.classes)
    print(f"{len(masked)} photos with masks, {len(taught)} without, {len(held)} held out, {sum(w.numel() for w in learning.values())} values learn", flush=True)
    samples = Samples(masked, taught, [int(s) for s in a.sizes.split(",")], a.batch, a.seed)
    loader = iter(torch.utils.data.DataLoader(samples, batch_size=None, num_workers=1, prefetch_factor=4))
    keep = branch_dropout([float(share) for share in a.dropped.split(",")])

    def save():
        np.savez(a.out + ".part.npz", **to_arrays(weights), **{"average/" + n: v for n, v in to_arrays(average).items()})
        os.replace(a.out + ".part.npz", a.out)

    def check(variants, photos):
        for name, (miou, near, _) in score(average, photos, 513, variants).items():
            print(f"held out: {name:16} mIoU {miou:.1f}  near outlines {near:.1f}", flush=True)

    began, checked = time.time(), 0
    seen, told = 0, []
    while (share := max(seen / a.crops, (time.time() - began) / 60 / a.minutes)) < 1:
        x, masks, inside = next(loader)
        x = x.contiguous(memory_format=torch.channels_last)
        # Half the digits, twice the speed; sums and the weights themselves keep all.
        with half_digits():
            with torch.no_grad():
                said = logits(teacher, x).float()
                seen_first, low = backbone(weights, x, 16, end=a.first_block)
            y = head(weights, backbone(weights, seen_first, 16, begin=a.first_block)[0], low, keep=keep).float()
        m = len(masks)
        loss = drawn_loss(y[:m], masks) + TAUGHT_BESIDE * taught_loss(y[:m], said[:m], masks != IGNORED) + taught_loss(y[m:], said[m:], inside)
        if not learner.learn(loss, a.lr * (1 - share) ** 0.9):
            continue
        seen += len(x)
        told.append(loss.item())
        if learner.steps % 50 == 0:
            print(f"{learner.steps}  {(time.time() - began) / 60:.1f} min  {seen} crops  loss {np.mean(told):.4f}", flush=True)
            told = []
        if seen - checked > a.check_every:
            save()
            check(WHOLE, held[::2])
            checked = seen
    save()
    print("saved after", learner.steps, "steps,", seen, "crops", flush=True)
    check(PARTS, held)


if __name__ == "__main__":
    main()
