"""Adds a decoder to what distil.py made: it gives the same scores, enlarged, and has room to learn where edges are.

    python3 decoder.py tail.npz <folder of photos> first.npz

Of its channels one a class carries the class's score, raised so that no ReLU cuts what counts in a softmax, and small, so that a step of the
optimiser does not upset it; the others look at everything at random, and the last convolution does not listen to them yet.
"""
import sys

import numpy as np
import torch
import torch.nn.functional as F

from narrow import Surgeon, photos_of
from networks import CLASSES, averaged, backbone, convolve, encoded, to_arrays, to_torch

LOW_LEVEL, DECODER, NOISE = 16, 48, 0.2
RAISED, SMALLER = 8.0, 4.0


def with_decoder(arrays, photos):
    """HWIO arrays by name."""
    s, w, classes = Surgeon(arrays), to_torch(arrays), len(CLASSES)
    s.w = {n: a for n, a in arrays.items() if not n.startswith("logits/")}
    features, low = backbone(w, photos, 16)
    y = encoded(w, features)
    projected = y.shape[1]
    y = F.interpolate(y, low.shape[-2:], mode="bilinear", align_corners=True)
    y = torch.cat([y, s.new("decoder/low_level", low, s.mixing(low, LOW_LEVEL))], 1)
    y = passed(s, "decoder/conv_0", y, projected)
    kernel = s.mixing(y, DECODER)
    kernel[..., :classes] = 0
    kernel[:, :, :projected, :classes] = arrays["logits/kernel"] / SMALLER
    y = s.new("decoder/conv_0/pointwise", y, kernel, exact=classes, bias=(arrays["logits/bias"] + RAISED) / SMALLER)
    y = passed(s, "decoder/conv_1", y, classes)
    kernel = s.mixing(y, DECODER)
    kernel[..., :classes] = 0
    kernel[0, 0, :classes, :classes] = np.eye(classes)
    s.new("decoder/conv_1/pointwise", y, kernel, exact=classes)
    s.w["logits/kernel"] = np.zeros((1, 1, DECODER, classes), np.float32)
    s.w["logits/kernel"][0, 0, :classes] = SMALLER * np.eye(classes)
    s.w["logits/bias"] = np.full(classes, -RAISED, np.float32)
    return s.w


def passed(s, name, y, exact):
    """A depthwise convolution that passes its first channels on as they are, and the others a little mixed with their surroundings."""
    kernel = s.rng.normal(0, NOISE, (3, 3, y.shape[1], 1))
    kernel[:, :, :exact] = 0
    kernel[1, 1] += 1
    return s.new(name + "/depthwise", y, kernel, exact=exact)


def main():
    file, folder, out = sys.argv[1:]
    arrays = to_arrays(averaged(file))
    with torch.no_grad():
        weights = with_decoder(arrays, next(photos_of(folder)))
    np.savez(out, **weights)


if __name__ == "__main__":
    main()
