"""Nano's first weights: the first fourteen blocks of the released MobileNetV2 1.0 (DeepLab v3, Apache-2.0), the fifteenth with a third of
its channels, and in the place of the last two an ASPP and a decoder that begin at random.

    python3 first.py mobilenetv2-100-pascal.safetensors <folder of photos> first.npz

Without batch norm an optimiser like Adam needs activations of about size one, and what a ReLU follows should be cut half of the time: on
some photos each new channel is measured, centred and divided by its size. The thinned block's projection is fitted to what the whole
block gave.
"""
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from networks import CLASSES, RATES, backbone, convolve, pixels_of, read_safetensors, to_torch

THINNED = "backbone/block_14"
KEPT_BLOCKS, KEPT_CHANNELS = 14, 320
POOLED, SINGLE, ATROUS, PROJECTED, LOW_LEVEL, DECODER = 96, 96, 112, 128, 24, 96
NOISE = 0.2


def photos_of(folder, count, side=257):
    """Some photos of a folder as one batch in [-1, 1]."""
    names = sorted(f for f in os.listdir(folder) if f.endswith(".jpg"))
    chosen = names[:: max(1, len(names) // count)][:count]
    return torch.cat([pixels_of(Image.open(os.path.join(folder, n)).convert("RGB").resize((side, side), Image.BICUBIC)) for n in chosen])


def thinned(released, x):
    """The block's weights with the channels that count most for what it gives, and its output [n, c, h, w] so."""
    w = to_torch(released)
    hidden = convolve(w, THINNED + "/depthwise", convolve(w, THINNED + "/expand", x, act="relu6"), rate=2, act="relu6")
    change = convolve(w, THINNED + "/project", hidden).permute(0, 2, 3, 1).reshape(-1, x.shape[1]).numpy()
    hidden = hidden.permute(0, 2, 3, 1).reshape(-1, hidden.shape[1]).numpy()
    worth = hidden.std(0) * np.linalg.norm(released[THINNED + "/project/kernel"][0, 0], axis=1)
    kept = np.sort(np.argsort(-worth)[:KEPT_CHANNELS])
    columns = np.concatenate([hidden[:, kept], np.ones((len(hidden), 1), np.float32)], 1)
    fitted = np.linalg.lstsq(columns, change, rcond=None)[0].astype(np.float32)
    print(f"{THINNED}: {len(kept)} channels explain {100 * (1 - np.var(change - columns @ fitted) / np.var(change)):.0f} % of what it adds")
    y = torch.from_numpy(columns @ fitted).reshape(x.shape[0], *x.shape[2:], x.shape[1]).permute(0, 3, 1, 2) + x
    return {
        "/expand/kernel": released[THINNED + "/expand/kernel"][..., kept],
        "/expand/bias": released[THINNED + "/expand/bias"][kept],
        "/depthwise/kernel": released[THINNED + "/depthwise/kernel"][:, :, kept],
        "/depthwise/bias": released[THINNED + "/depthwise/bias"][kept],
        "/project/kernel": fitted[None, None, :-1],
        "/project/bias": fitted[-1],
    }, y


def first_weights(released, photos, seed=1):
    """HWIO arrays by name."""
    rng = np.random.default_rng(seed)
    trunk = ["backbone/conv/"] + [f"backbone/block_{index:02d}/" for index in range(KEPT_BLOCKS)]
    w = {name: value for name, value in released.items() if name.startswith(tuple(trunk))}
    x, low = backbone(to_torch(w), photos, 16)
    block, features = thinned(released, x)
    w |= {THINNED + name: value for name, value in block.items()}

    def new(name, x, kernel, rate=1):
        """Adds a convolution, and gives what its ReLU lets through of `x`."""
        w[name + "/kernel"], w[name + "/bias"] = kernel.astype(np.float32), np.zeros(kernel.shape[2 if name.endswith("depthwise") else 3], np.float32)
        middle = convolve(to_torch(w), name, x, rate=rate).mean((0, 2, 3)).numpy()
        w[name + "/bias"] -= middle
        y = convolve(to_torch(w), name, x, rate=rate, act="relu")
        size = np.maximum(y.square().mean((0, 2, 3)).sqrt().numpy(), 1e-3)
        w[name + "/kernel"] = w[name + "/kernel"] / (size[None, None, :, None] if name.endswith("depthwise") else size)
        w[name + "/bias"] = w[name + "/bias"] / size
        return y / torch.from_numpy(size)[None, :, None, None]

    def mixing(x, outputs):
        return rng.normal(0, np.sqrt(2 / x.shape[1]), (1, 1, x.shape[1], outputs))

    def looking(x, noise, centre):
        kernel = rng.normal(0, noise, (3, 3, x.shape[1], 1))
        kernel[1, 1] += centre
        return kernel

    pooled = new("aspp/image_pooling", features.mean((2, 3), keepdim=True), mixing(features, POOLED))
    branches = [pooled.expand(-1, -1, *features.shape[2:]), new("aspp/conv_1x1", features, mixing(features, SINGLE))]
    for index, rate in enumerate(RATES):
        name = f"aspp/atrous_{index}"
        y = new(name + "/depthwise", features, looking(features, 1, 0), rate)
        branches.append(new(name + "/pointwise", y, mixing(y, ATROUS)))
    y = torch.cat(branches, 1)
    y = new("aspp/projection", y, mixing(y, PROJECTED))
    y = F.interpolate(y, low.shape[-2:], mode="bilinear", align_corners=True)
    y = torch.cat([y, new("decoder/low_level", low, mixing(low, LOW_LEVEL))], 1)
    for name in ("decoder/conv_0", "decoder/conv_1"):
        y = new(name + "/depthwise", y, looking(y, NOISE, 1))
        y = new(name + "/pointwise", y, mixing(y, DECODER))
    w["logits/kernel"] = np.zeros((1, 1, DECODER, len(CLASSES)), np.float32)
    w["logits/bias"] = np.zeros(len(CLASSES), np.float32)
    return w


if __name__ == "__main__":
    model, folder, out = sys.argv[1:]
    with torch.no_grad():
        np.savez(out, **first_weights(read_safetensors(model)[1], photos_of(folder, 48)))
