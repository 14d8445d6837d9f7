"""DeepLab v3 and v3+ on MobileNetV2 in PyTorch, as plain functions over a weight map with the engine's names (src/engine/plan.ts).

Weights are folded: every convolution has a bias and there is no batch norm. Photos are NCHW in [-1, 1], sides 16k + 1, so that
the corners of input, features and logits are aligned.
"""
import json
import os
import struct

import numpy as np
import torch
import torch.nn.functional as F

from dilated import dilated

CLASSES = "background aeroplane bicycle bird boat bottle bus car cat chair cow diningtable dog horse motorbike person pottedplant sheep sofa train tvmonitor".split()
RATES = (6, 12, 18)
# Masks say this where they decide nothing.
IGNORED = 255
PROCESSOR = "/proc/cpuinfo"
# Half the digits halve a step's time on processors that have them; on others they take thirty times as long.
HALF_DIGITS = os.path.exists(PROCESSOR) and any(flag in open(PROCESSOR).read() for flag in ("avx512_bf16", "amx_bf16"))
# Stride of each block of MobileNetV2 in training.
STRIDES = [1, 2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1]
LOW_LEVEL_BLOCK = 2


TYPES = {"I8": "<i1", "F16": "<f2", "F32": "<f4"}
# What ends the name of an int8 array's scales, one an output channel.
SCALE = "/scale"
# 1x1 kernels of more values than that are stored as int8, and no photo's mask is worse for it; small and depthwise ones cost points, and so do
# those of the decoder, whose channels each carry a class.
SMALL, EXACT = 4096, "decoder/"


def read_safetensors(path):
    """Metadata and arrays (float32, the file's layout: HWIO, depthwise HWC1) of a model file."""
    data = open(path, "rb").read()
    size = struct.unpack("<Q", data[:8])[0]
    head = json.loads(data[8 : 8 + size])
    metadata = head.pop("__metadata__", {})
    arrays = {}
    for name, entry in head.items():
        start, end = entry["data_offsets"]
        values = np.frombuffer(data[8 + size + start : 8 + size + end], TYPES[entry["dtype"]])
        arrays[name] = values.reshape(entry["shape"]).astype(np.float32)
    for name in [n for n in arrays if n.endswith(SCALE) and head[n[: -len(SCALE)]]["dtype"] == "I8"]:
        arrays[name[: -len(SCALE)]] *= arrays.pop(name)
    return metadata, arrays


def as_stored(arrays):
    """Large 1x1 kernels (HWIO) of backbone and ASPP as int8 and their scales, all else as float16."""
    stored = {}
    for name, array in arrays.items():
        if array.ndim < 4 or array.shape[:2] != (1, 1) or array.size <= SMALL or name.startswith(EXACT):
            stored[name] = array.astype(np.float16)
            continue
        scale = (np.abs(array).max((0, 1, 2)) / 127).astype(np.float32)
        stored[name] = np.rint(array / np.where(scale > 0, scale, 1)).astype(np.int8)
        stored[name + SCALE] = scale
    return stored


def write_safetensors(path, arrays, metadata):
    """Writes arrays of int8, float16 or float32; metadata values that are no text are written as JSON."""
    head, parts, offset = {"__metadata__": {k: v if isinstance(v, str) else json.dumps(v) for k, v in metadata.items()}}, [], 0
    # The wide ones first, so that each begins where its type may.
    for name in sorted(arrays, key=lambda n: (-arrays[n].itemsize, n)):
        kind = next(kind for kind, of in TYPES.items() if np.dtype(of) == arrays[name].dtype)
        part = np.ascontiguousarray(arrays[name]).tobytes()
        head[name] = {"dtype": kind, "shape": list(arrays[name].shape), "data_offsets": [offset, offset + len(part)]}
        parts.append(part)
        offset += len(part)
    text = json.dumps(head).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))


def averaged(checkpoint):
    """Weights (OIHW tensors) of a model file, or of a checkpoint: there the moving averages, where it has them."""
    if checkpoint.endswith(".safetensors"):
        return to_torch(read_safetensors(checkpoint)[1])
    stored = np.load(checkpoint)
    names = [n for n in stored.files if not n.startswith("average/")]
    return to_torch({n: stored["average/" + n if "average/" + n in stored.files else n] for n in names})


def is_depthwise(name):
    return name.endswith("/depthwise/kernel")


def to_torch(arrays):
    """Kernels as OIHW tensors; of depthwise ones the file has HWC1."""
    turned = {n: a if a.ndim < 4 else a.transpose(2, 3, 0, 1) if is_depthwise(n) else a.transpose(3, 2, 0, 1) for n, a in arrays.items()}
    # A copy: a tensor would share an array's memory with every other made of it.
    return {n: torch.from_numpy(np.array(a, order="C")) for n, a in turned.items()}


def to_arrays(weights):
    """The inverse of `to_torch`."""
    arrays = {n: w.detach().float().cpu().numpy() for n, w in weights.items()}
    return {n: a if a.ndim < 4 else a.transpose(2, 3, 0, 1) if is_depthwise(n) else a.transpose(2, 3, 1, 0) for n, a in arrays.items()}


def pixels_of(photo):
    """A photo (PIL) as the network reads it: [1, 3, h, w] in [-1, 1]."""
    return torch.from_numpy(np.array(photo.convert("RGB"))).permute(2, 0, 1)[None].float() / 127.5 - 1


def half_digits():
    """A block in which sums of products are made in half the digits, where that is faster."""
    return torch.autocast("cpu", torch.bfloat16, enabled=HALF_DIGITS)


def convolve(w, name, x, stride=1, rate=1, act="linear"):
    kernel, bias = w[name + "/kernel"], w[name + "/bias"]
    groups = kernel.shape[0] if is_depthwise(name + "/kernel") else 1
    if groups > 1 and rate > 1 and torch.is_grad_enabled():
        # In all digits: PyTorch 1.13 gets this gradient wrong in bfloat16 (at 5 x 160 x 33 x 33 and rate 6 by more than its size).
        with torch.autocast("cpu", enabled=False):
            y = dilated(x.to(kernel.dtype).permute(0, 2, 3, 1), kernel, rate).permute(0, 3, 1, 2) + bias[:, None, None]
    else:
        y = F.conv2d(x, kernel, bias, stride, rate * (kernel.shape[-1] // 2), rate, groups)
    return F.relu6(y) if act == "relu6" else y.relu() if act == "relu" else y


def backbone(w, x, output_stride, begin=0, end=len(STRIDES)):
    """Features and the low-level end point, of a photo, or of what goes into block `begin`; up to block `end`, or as far as there are weights."""
    if begin == 0:
        x = convolve(w, "backbone/conv", x, 2, act="relu6")
    reached, rate, low = 2, 1, None
    for index, block_stride in enumerate(STRIDES[:end]):
        name, inputs, block_rate = f"backbone/block_{index:02d}", x, rate
        stride = block_stride
        if stride > 1:
            if reached == output_stride:
                rate, stride = rate * stride, 1
            else:
                reached *= stride
        if index < begin or name + "/depthwise/kernel" not in w:
            continue
        if index > 0:
            x = convolve(w, name + "/expand", x, act="relu6")
        x = convolve(w, name + "/depthwise", x, stride, block_rate, "relu6")
        if index == LOW_LEVEL_BLOCK:
            low = x
        x = convolve(w, name + "/project", x)
        if index > 0 and x.shape == inputs.shape:
            x = x + inputs
    return x, low


KEEP_ALL = lambda index, branch: branch


def encoded(w, features, output_stride=16, rates=RATES, keep=KEEP_ALL, raised=0.0):
    """What ASPP makes of features. By `raised` the atrous branches' depthwise convolutions are higher before their ReLU, and lower after it."""
    pooled = convolve(w, "aspp/image_pooling", features.mean((2, 3), keepdim=True), act="relu")
    branches = [pooled.expand(-1, -1, *features.shape[-2:]), convolve(w, "aspp/conv_1x1", features, act="relu")]
    if "aspp/atrous_0/depthwise/kernel" in w:
        for index, rate in enumerate(rates):
            name = f"aspp/atrous_{index}"
            y = convolve(w, name + "/depthwise", features, rate=max(1, round(rate * 16 / output_stride)))
            y = (y + raised).relu() - raised
            branches.append(convolve(w, name + "/pointwise", y, act="relu"))
    return convolve(w, "aspp/projection", torch.cat([keep(index, branch) for index, branch in enumerate(branches)], 1), act="relu")


def head(w, features, low, output_stride=16, rates=RATES, keep=KEEP_ALL):
    """Logits from a backbone's two outputs: on the features' grid, or with a decoder on that of the low-level end point (stride 4).

    `keep` gets each branch of ASPP (0 image pooling, 1 the 1x1, 2.. the rates) and the skip (-1) and gives what is read in its place.
    """
    return decoded(w, encoded(w, features, output_stride, rates, keep), low, keep)


def decoded(w, y, low, keep=KEEP_ALL):
    """Logits from what ASPP made of features, on the low-level end point's grid where there is a decoder."""
    if "decoder/low_level/kernel" in w:
        y = F.interpolate(y, low.shape[-2:], mode="bilinear", align_corners=True)
        y = torch.cat([y, keep(-1, convolve(w, "decoder/low_level", low, act="relu"))], 1)
        for name in ("decoder/conv_0", "decoder/conv_1"):
            y = convolve(w, name + "/depthwise", y, act="relu")
            y = convolve(w, name + "/pointwise", y, act="relu")
    return convolve(w, "logits", y)


def logits(w, x, output_stride=16, **options):
    """Logits of a photo; options as `head` has them."""
    return head(w, *backbone(w, x, output_stride), output_stride, **options)
