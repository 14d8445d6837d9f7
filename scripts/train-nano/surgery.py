"""Nano's first weights: a v3+ that computes what the released MobileNetV2 0.5 (v3, Apache-2.0) computes, with room to learn more.

    python3 surgery.py ../../data/models/mobilenetv2-050-pascal.safetensors first.npz

Backbone, image pooling, 1x1 branch and projection are the released ones. The projection does not listen to the atrous branches yet.
Of the decoder's channels one a class carries the released logit, raised so that no ReLU cuts it; the others look at everything at
random, and the last convolution does not listen to them yet. So training starts from the released model's masks, not from noise.
"""
import sys

import numpy as np

from networks import CLASSES, read_safetensors

ATROUS, LOW_LEVEL, DECODER = 96, 32, 112
# Above the smallest logit that the released model gives.
RAISED = 40.0


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
    kernel[:, :, :projected, :classes] = released["logits/kernel"]
    w["decoder/conv_0/pointwise/kernel"] = kernel
    w["decoder/conv_0/pointwise/bias"] = np.concatenate([released["logits/bias"] + RAISED, zeros(DECODER - classes)])
    w["decoder/conv_1/depthwise/kernel"] = np.repeat(identity, DECODER, 2)
    w["decoder/conv_1/depthwise/bias"] = zeros(DECODER)
    kernel = random_kernel(rng, 1, 1, DECODER, DECODER)
    kernel[:, :, :classes, classes:] = 0
    kernel[:, :, :, :classes] = 0
    kernel[0, 0, :classes, :classes] = np.eye(classes)
    w["decoder/conv_1/pointwise/kernel"] = kernel
    w["decoder/conv_1/pointwise/bias"] = zeros(DECODER)
    kernel = np.zeros((1, 1, DECODER, classes), np.float32)
    kernel[0, 0, :classes] = np.eye(classes)
    w["logits/kernel"] = kernel
    w["logits/bias"] = np.full(classes, -RAISED, np.float32)
    return w


if __name__ == "__main__":
    np.savez(sys.argv[2], **first_weights(read_safetensors(sys.argv[1])[1]))
