"""Trains nano's head, and then all of it, on masks that people drew and on soft labels for the classes that these hardly show.

    python3 train.py --masks <real-masks> --photos <nano-training>/images --soft <labels.py's> --init first.npz --out head.npz --crops 30000

With the backbone frozen (--backbone-rate 0, the default) its features need no gradient. Branches of ASPP are taken away now and then, image
pooling and the 1x1 most often, so that the atrous ones learn to carry. Checkpoints hold the weights (`name`) and their moving average
(`average/name`); `--init` goes on from the average of one.
"""
import argparse
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

from networks import CLASSES, IGNORED, averaged, backbone, head, to_arrays
from samples import Samples, read_masked, read_soft, split
from score import PARTS, WHOLE, score

# What came from the released model moves slowly, lest it forget what few photos show: its branches, and the channels that carry its logits.
RELEASED, RELEASED_RATE, CARRIED_RATE = ("aspp/image_pooling", "aspp/conv_1x1"), 0.1, 0.1
OUTLINE, FOREGROUND = 2.0, 0.5


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("--masks", required=True)
    p.add_argument("--photos", required=True)
    p.add_argument("--soft", required=True)
    p.add_argument("--init", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--crops", type=int, required=True, help="how many to learn from; the rate falls to zero over them")
    p.add_argument("--sizes", default="257,257,385,385,385,513", help="crop sides; each step takes one of them")
    p.add_argument("--batch", type=int, default=8, help="crops a step at 385; at other sides as many as have as many pixels")
    p.add_argument("--lr", type=float, default=2e-3)
    p.add_argument("--backbone-rate", type=float, default=0, help="share of the rate for the backbone")
    p.add_argument("--dropped", default="0.4,0.4,0.1,0.1,0.1", help="how often each branch is taken away: image pooling, the 1x1, the rates in order")
    p.add_argument("--check-every", type=int, default=8000, help="crops between scores on the photos held out")
    p.add_argument("--threads", type=int, default=os.cpu_count() or 2)
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


def branch_dropout(shares):
    """Takes branches from some photos of a batch. What stays is scaled up, so that their sum is on average that of all: else each branch is
    too much once all of them speak, and taking one away makes the masks better."""

    def keep(index, branch):
        if index < 0:
            return branch
        stays = 1 - shares[index]
        return branch * ((torch.rand(branch.shape[0], 1, 1, 1) < stays).to(branch.dtype) / stays)

    return keep


def near_outlines(foreground, reach=3):
    """1 within so many cells of where foreground and background meet, else 0."""
    near = lambda a: F.max_pool2d(a, 2 * reach + 1, 1, reach)
    return ((near(foreground) + near(1 - foreground)) > 1.5).float()


def loss_of(y, masks, q, counts):
    """Cross-entropy with the masks, at every other pixel of the photo and more near outlines, and with the soft labels on the decoder's grid."""
    drawn = F.interpolate(y[: len(masks)], masks.shape[-2:], mode="bilinear", align_corners=True)
    foreground = ((masks > 0) & (masks != IGNORED)).float()
    weight = (1 + FOREGROUND * foreground + OUTLINE * near_outlines(foreground[:, None])[:, 0]) * (masks != IGNORED)
    hard = (F.cross_entropy(drawn, masks, ignore_index=IGNORED, reduction="none") * weight).sum() / weight.sum().clamp_min(1)
    soft = -(q * F.log_softmax(y[len(masks) :], 1)).sum(1)
    return hard + (soft * counts).sum() / counts.sum().clamp_min(1) * (len(q) / len(masks))


def shares_of_rate(name, weight, backbone_rate):
    """How far each value of a weight (OIHW) moves, 1 being the whole rate."""
    shares, classes = torch.ones_like(weight), len(CLASSES)
    if name.startswith("backbone/"):
        shares[:] = backbone_rate
    elif name.startswith(RELEASED) or name == "aspp/projection/bias":
        shares[:] = RELEASED_RATE
    elif name == "aspp/projection/kernel":
        # Before the atrous branches come image pooling and 1x1, each as wide as the projection.
        shares[:, : 2 * weight.shape[0]] = RELEASED_RATE
    elif name == "logits/kernel":
        shares[:, :classes] = CARRIED_RATE
    elif name.startswith(("decoder/conv_0/pointwise", "decoder/conv_1", "logits/bias")):
        shares[:classes] = CARRIED_RATE
    return shares


def main():
    a = arguments()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    # What goes on from a checkpoint goes on from its average.
    weights, average = averaged(a.init), averaged(a.init)
    shares = {n: shares_of_rate(n, w, a.backbone_rate) for n, w in weights.items()}
    learning = {n: w.requires_grad_() for n, w in weights.items() if shares[n].any()}
    groups = [{"params": [w], "weight_decay": 1e-3 if w.ndim == 4 and "depthwise" not in n else 0.0} for n, w in learning.items()]
    optimiser = torch.optim.AdamW(groups, lr=a.lr, betas=(0.9, 0.99))
    masked, held = split(read_masked(a.masks))
    soft = read_soft(a.photos, a.soft)
    print(f"{len(masked)} photos with masks, {len(soft)} with soft labels, {len(held)} held out, {sum(w.numel() for w in learning.values())} values learn", flush=True)
    samples = Samples(masked, soft, [int(s) for s in a.sizes.split(",")], a.batch, a.seed)
    loader = iter(torch.utils.data.DataLoader(samples, batch_size=None, num_workers=1, prefetch_factor=4))
    keep = branch_dropout([float(share) for share in a.dropped.split(",")])

    def save():
        np.savez(a.out + ".part.npz", **to_arrays(weights), **{"average/" + n: v for n, v in to_arrays(average).items()})
        os.replace(a.out + ".part.npz", a.out)

    def check(variants, photos):
        for name, (miou, near, _) in score(average, photos, 513, variants).items():
            print(f"held out: {name:16} mIoU {miou:.1f}  near outlines {near:.1f}", flush=True)

    began, checked = time.time(), 0
    step, seen, told = 0, 0, []
    while seen < a.crops:
        for g in optimiser.param_groups:
            g["lr"] = a.lr * min(1, (step + 1) / 100) * (1 - seen / a.crops) ** 0.9
        x, masks, q, counts = next(loader)
        x = x.contiguous(memory_format=torch.channels_last)
        # Half the digits, twice the speed; sums and the weights themselves keep all.
        with torch.autocast("cpu", torch.bfloat16):
            with torch.set_grad_enabled(a.backbone_rate > 0):
                features, low = backbone(weights, x, 16)
            y = head(weights, features, low, keep=keep)
        loss = loss_of(y.float(), masks, q, counts)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(list(learning.values()), 5.0)
        if not torch.isfinite(norm + loss):
            # A sum in half the digits may overflow, rarely.
            print(f"a step was left out: loss {loss.item():.3f}, gradient {norm.item()}", flush=True)
            continue
        before = {n: w.detach().clone() for n, w in learning.items()}
        optimiser.step()
        step, seen = step + 1, seen + len(x)
        decay = min(0.998, (1 + step) / (10 + step))
        with torch.no_grad():
            for n, w in learning.items():
                # An optimiser that scales each step by its gradient ignores a scaled gradient, so it is the step that is scaled.
                w.copy_(torch.lerp(before[n], w, shares[n]))
                average[n].lerp_(w, 1 - decay)
        told.append(loss.item())
        if step % 50 == 0:
            print(f"{step}  {(time.time() - began) / 60:.1f} min  {seen} crops  loss {np.mean(told):.4f}", flush=True)
            told = []
        if seen - checked > a.check_every:
            save()
            check(WHOLE, held[::2])
            checked = seen
    save()
    print("saved after", step, "steps,", seen, "crops", flush=True)
    check(PARTS, held)


if __name__ == "__main__":
    main()
