"""Nano's first weights: a v3+ that computes what the released MobileNetV2 0.5 (v3, Apache-2.0) computes, with room to learn more.

    python3 surgery.py ../../data/models/mobilenetv2-050-pascal.safetensors <folder of photos> first.npz

Backbone, image pooling, 1x1 branch and projection are the released ones. The projection does not listen to the atrous branches yet.
Of the decoder's channels one a class carries the released logit, raised so that no ReLU cuts what counts; the others look at everything at
random, and the last convolution does not listen to them yet. So training starts from the released model's masks, not from noise.

Without batch norm an optimiser like Adam needs activations of about size one: on some photos the head's channels are measured, each
is divided by its size, and what reads it is multiplied. New channels are also centred, or half of them would hardly ever fire. That changes
no logit.
"""
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from networks import CLASSES, backbone, convolve, pixels_of, read_safetensors, to_torch

ATROUS, LOW_LEVEL, DECODER = 96, 32, 112
# Logits go through the decoder's ReLUs raised, so that none that counts in a softmax is cut, and small, so that a step of the optimiser
# does not upset them.
RAISED, SMALLER = 8.0, 4.0


def random_kernel(rng, height, width, inputs, outputs):
    """He's initialisation."""
    return rng.normal(0, np.sqrt(2 / (height * width * inputs)), (height, width, inputs, outputs)).astype(np.float32)


def first_weights(released, seed=1):
    """HWIO arrays by name. The released model's classifier is folded into the decoder's first convolution."""
    rng = np.random.default_rng(seed)
    w = {name: value for name, value in released.items() if not name.startswith("logits/")}
    features = released["aspp/conv_1x1/kernel"].shape[2]
    projected = released["aspp/projection/kernel"].shape[3]
    low_level = released["backbone/block_02/depthwise/kernel"].shape[2]
    classes = len(CLASSES)
    identity = np.zeros((3, 3, 1, 1), np.float32)
    identity[1, 1] = 1

    def zeros(n):
        return np.zeros(n, np.float32)

    for index in range(3):
        name = f"aspp/atrous_{index}"
        w[name + "/depthwise/kernel"] = random_kernel(rng, 3, 3, 1, features).transpose(0, 1, 3, 2)
        w[name + "/depthwise/bias"] = zeros(features)
        w[name + "/pointwise/kernel"] = random_kernel(rng, 1, 1, features, ATROUS)
        w[name + "/pointwise/bias"] = zeros(ATROUS)
    w["aspp/projection/kernel"] = np.concatenate([released["aspp/projection/kernel"], np.zeros((1, 1, 3 * ATROUS, projected), np.float32)], 2)

    w["decoder/low_level/kernel"] = random_kernel(rng, 1, 1, low_level, LOW_LEVEL)
    w["decoder/low_level/bias"] = zeros(LOW_LEVEL)
    joined = projected + LOW_LEVEL
    w["decoder/conv_0/depthwise/kernel"] = np.repeat(identity, joined, 2)
    w["decoder/conv_0/depthwise/bias"] = zeros(joined)
    kernel = random_kernel(rng, 1, 1, joined, DECODER)
    kernel[..., :classes] = 0
    kernel[:, :, :projected, :classes] = released["logits/kernel"] / SMALLER
    w["decoder/conv_0/pointwise/kernel"] = kernel
    w["decoder/conv_0/pointwise/bias"] = np.concatenate([(released["logits/bias"] + RAISED) / SMALLER, zeros(DECODER - classes)])
    w["decoder/conv_1/depthwise/kernel"] = np.repeat(identity, DECODER, 2)
    w["decoder/conv_1/depthwise/bias"] = zeros(DECODER)
    kernel = random_kernel(rng, 1, 1, DECODER, DECODER)
    kernel[:, :, :classes, classes:] = 0
    kernel[:, :, :, :classes] = 0
    kernel[0, 0, :classes, :classes] = np.eye(classes)
    w["decoder/conv_1/pointwise/kernel"] = kernel
    w["decoder/conv_1/pointwise/bias"] = zeros(DECODER)
    kernel = np.zeros((1, 1, DECODER, classes), np.float32)
    kernel[0, 0, :classes] = SMALLER * np.eye(classes)
    w["logits/kernel"] = kernel
    w["logits/bias"] = np.full(classes, -RAISED, np.float32)
    return w


def photos_of(folder, count, side=257):
    """Some photos of a folder as one batch in [-1, 1]."""
    names = sorted(f for f in os.listdir(folder) if f.endswith(".jpg"))
    chosen = names[:: max(1, len(names) // count)][:count]
    return torch.cat([pixels_of(Image.open(os.path.join(folder, n)).convert("RGB").resize((side, side), Image.BICUBIC)) for n in chosen])


def size_of(y):
    """Root mean square of each channel; one for a channel that is silent."""
    size = y.square().mean((0, 2, 3)).sqrt().numpy()
    return np.where(size > 1e-3, size, 1).astype(np.float32)


def balanced(arrays, photos):
    """The same function with the head's channels of size one, and the new ones silent on half of what they see."""
    w = {n: a.copy() for n, a in arrays.items()}
    classes = len(CLASSES)

    def divide(name, size):
        w[name + "/kernel"] = w[name + "/kernel"] / (size[None, None, :, None] if name.endswith("/depthwise") else size)
        w[name + "/bias"] = w[name + "/bias"] / size

    def multiply(name, first, size):
        kernel = w[name + "/kernel"]
        kernel[:, :, first : first + len(size)] *= size[None, None, :, None]

    def new(name, x, rate=1, first=0):
        """Makes new channels, from the first on: mean zero before their ReLU, size one after it. What they read is often positive only, so that
        a random kernel would else be always on or nearly always off. Nothing listens to them yet, so there is nothing to multiply."""
        y = convolve(to_torch(w), name, x, rate=rate)
        middle = y.mean((0, 2, 3)).numpy()
        middle[:first] = 0
        w[name + "/bias"] = w[name + "/bias"] - middle
        y = convolve(to_torch(w), name, x, rate=rate, act="relu")
        size = size_of(y)
        size[:first] = 1
        divide(name, size)
        return y / torch.from_numpy(size)[None, :, None, None]

    with torch.no_grad():
        features, low = backbone(to_torch(w), photos, 16)
        pooled = convolve(to_torch(w), "aspp/image_pooling", features.mean((2, 3), keepdim=True), act="relu")
        joined, first = [], 0
        for name, y in (("aspp/image_pooling", pooled), ("aspp/conv_1x1", convolve(to_torch(w), "aspp/conv_1x1", features, act="relu"))):
            size = size_of(y)
            divide(name, size)
            multiply("aspp/projection", first, size)
            first += len(size)
            joined.append((y / torch.from_numpy(size)[None, :, None, None]).expand(-1, -1, *features.shape[-2:]))
        for index, rate in enumerate((6, 12, 18)):
            name = f"aspp/atrous_{index}"
            joined.append(new(name + "/pointwise", new(name + "/depthwise", features, rate)))
        y = convolve(to_torch(w), "aspp/projection", torch.cat(joined, 1), act="relu")
        size = size_of(y)
        divide("aspp/projection", size)
        # The decoder's depthwise convolutions pass channels on one by one, so what reads them are the pointwise ones.
        multiply("decoder/conv_0/pointwise", 0, size)
        y = F.interpolate(y / torch.from_numpy(size)[None, :, None, None], low.shape[-2:], mode="bilinear", align_corners=True)
        y = new("decoder/conv_0/pointwise", torch.cat([y, new("decoder/low_level", low)], 1), first=classes)
        new("decoder/conv_1/pointwise", y, first=classes)
    return w


if __name__ == "__main__":
    model, folder, out = sys.argv[1:]
    np.savez(out, **balanced(first_weights(read_safetensors(model)[1]), photos_of(folder, 48)))
