"""Nano's first weights: the released MobileNetV2 0.5 with the head of a v3+ that knows nothing yet of its own parts.

    python3 first.py ../../data/models/mobilenetv2-050-pascal.safetensors <folder of photos> first.npz

Backbone, image pooling and the 1x1 branch are the released ones, and of the projection's channels those that the released logits listen to
most. Atrous branches, skip and decoder are random: a decoder that passes the released logits on has no reason to look at the skip, and one
grown that way never did. What is new is normalised while it trains (`normalised.py`).
"""
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from networks import CLASSES, backbone, convolve, pixels_of, read_safetensors, to_torch
from normalised import with_norms

ATROUS, PROJECTION, LOW_LEVEL, DECODER = 96, 128, 32, 112
# The released branches carry what the released model knows; the projection listens softly to those that know nothing yet.
UNKNOWN = 0.1
PHOTOS, SIDE = 64, 385


def random_kernel(rng, height, width, inputs, outputs):
    """He's initialisation."""
    return rng.normal(0, np.sqrt(2 / (height * width * inputs)), (height, width, inputs, outputs)).astype(np.float32)


def features_of(released, folder):
    """The released backbone's features of some photos of a folder."""
    names = sorted(f for f in os.listdir(folder) if f.endswith(".jpg"))
    chosen = names[:: max(1, len(names) // PHOTOS)][:PHOTOS]
    x = torch.cat([pixels_of(Image.open(os.path.join(folder, n)).convert("RGB").resize((SIDE, SIDE), Image.BICUBIC)) for n in chosen])
    with torch.no_grad():
        return backbone(released, x, 16)[0]


def projected(released, features):
    """What the released projection gives, before its ReLU: [n, channels, h, w]."""
    pooled = convolve(released, "aspp/image_pooling", features.mean((2, 3), keepdim=True), act="relu").expand(-1, -1, *features.shape[-2:])
    return convolve(released, "aspp/projection", torch.cat([pooled, convolve(released, "aspp/conv_1x1", features, act="relu")], 1))


def listened_to(released, y):
    """The projection's channels (after ReLU) that move the released logits most, the most important first."""
    spread = y.relu().var((0, 2, 3))
    weight = released["logits/kernel"][:, :, 0, 0]
    return (spread * weight.square().sum(0)).argsort(descending=True)[:PROJECTION].numpy()


def first_weights(arrays, folder, seed=1):
    """HWIO arrays by name, with the norms of what is new."""
    rng = np.random.default_rng(seed)
    released = to_torch(arrays)
    features = features_of(released, folder)
    with torch.no_grad():
        before = projected(released, features)
        channels = listened_to(released, before)
    w = {name: value for name, value in arrays.items() if not name.startswith(("logits/", "aspp/projection"))}
    width = arrays["aspp/conv_1x1/kernel"].shape[2]
    low_level = arrays["backbone/block_02/depthwise/kernel"].shape[2]

    for index in range(3):
        w[f"aspp/atrous_{index}/depthwise/kernel"] = random_kernel(rng, 3, 3, 1, width).transpose(0, 1, 3, 2)
        w[f"aspp/atrous_{index}/pointwise/kernel"] = random_kernel(rng, 1, 1, width, ATROUS)
    known = arrays["aspp/projection/kernel"][..., channels]
    w["aspp/projection/kernel"] = np.concatenate([known, UNKNOWN * random_kernel(rng, 1, 1, 3 * ATROUS, PROJECTION)], 2)
    w["decoder/low_level/kernel"] = random_kernel(rng, 1, 1, low_level, LOW_LEVEL)
    inputs = PROJECTION + LOW_LEVEL
    for name in ("decoder/conv_0", "decoder/conv_1"):
        w[name + "/depthwise/kernel"] = random_kernel(rng, 3, 3, 1, inputs).transpose(0, 1, 3, 2)
        w[name + "/pointwise/kernel"] = random_kernel(rng, 1, 1, inputs, DECODER)
        inputs = DECODER
    w["logits/kernel"] = 0.5 * random_kernel(rng, 1, 1, DECODER, len(CLASSES))
    w["logits/bias"] = np.zeros(len(CLASSES), np.float32)

    w = with_norms(w)
    # The projection begins as the released one: its norm gives back the mean and the size that it takes away.
    mean, variance = (before.mean((0, 2, 3)).numpy()[channels], before.var((0, 2, 3)).numpy()[channels])
    bias = arrays["aspp/projection/bias"][channels]
    w["aspp/projection/mean"], w["aspp/projection/variance"] = mean - bias, variance
    w["aspp/projection/scale"], w["aspp/projection/shift"] = np.sqrt(variance), mean
    return w


if __name__ == "__main__":
    model, folder, out = sys.argv[1:]
    np.savez(out, **first_weights(read_safetensors(model)[1], folder))
