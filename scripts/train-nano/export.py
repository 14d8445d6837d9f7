"""Writes a checkpoint as a model file, with the logits that the tests compare the engine's with.

    python3 export.py all.npz ../../data/models/nano.safetensors ../../test/fixtures/nano '{"source": "...", "measured": "..."}'

The weights are the moving average, large 1x1 kernels of backbone and ASPP rounded to int8, all else to float16; the logits, of the fixture's photo at output
strides 16 and 8, are computed here, in PyTorch, from what the file holds.
"""
import json
import os
import sys

import torch
from PIL import Image

from networks import CLASSES, LOW_LEVEL_BLOCK, RATES, STRIDES, as_stored, averaged, logits, pixels_of, to_arrays, write_safetensors


def network_of(arrays):
    """The description of the network (src/engine/network.ts) that has such weights."""

    def channels(name):
        return int(arrays[name + "/bias"].shape[0])

    units, skips, stride = [{"kind": "conv", "name": "conv", "kernel": 3, "channels": channels("backbone/conv"), "stride": 2, "activation": "relu6"}], {}, 2
    for index, block_stride in enumerate(STRIDES):
        name, inputs = f"block_{index:02d}", units[-1]["channels"]
        if f"backbone/{name}/project/bias" not in arrays:
            break
        outputs = channels(f"backbone/{name}/project")
        stride *= block_stride
        units.append(
            {
                "kind": "inverted",
                "name": name,
                "kernel": 3,
                "inputChannels": inputs,
                "expandedChannels": channels(f"backbone/{name}/depthwise"),
                "channels": outputs,
                "stride": block_stride,
                "activation": "relu6",
                "residual": index > 0 and block_stride == 1 and inputs == outputs,
            }
        )
        if stride > 2:
            skips[str(stride)] = f"{name}/depthwise"
    fewer = {"units": len(units) - 1} if len(units) - 1 < len(STRIDES) else {}
    branches = [{"kind": kind, "name": kind, "channels": channels(f"aspp/{kind}")} for kind in ("image_pooling", "conv_1x1")]
    for index, rate in enumerate(RATES):
        name = f"atrous_{index}"
        branches.append({"kind": "atrous", "name": name, "channels": channels(f"aspp/{name}/pointwise"), "rate": rate, "separable": True})
    convolutions = [{"name": name, "channels": channels(f"decoder/{name}/pointwise"), "separable": True} for name in ("conv_0", "conv_1")]
    stage = {
        "lowLevelEndPoint": f"block_{LOW_LEVEL_BLOCK:02d}/depthwise",
        "lowLevelChannels": channels("decoder/low_level"),
        "merge": "concat",
        "convolutions": convolutions,
    }
    return {
        "backbone": {"family": "mobilenet_v2", "options": {"width": channels("backbone/conv") / 32} | fewer, "units": units, "skips": skips},
        "head": {
            "aspp": {"branches": branches, "projectionChannels": channels("aspp/projection")},
            "decoder": [stage],
            "logits": "conv",
            "activation": "relu",
        },
        "classes": len(CLASSES),
        "padding": "same",
    }


def main():
    checkpoint, out, fixtures, card = sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4])
    arrays = to_arrays(averaged(checkpoint))
    metadata = {
        "name": "nano",
        "network": network_of(arrays),
        "preprocessing": "x / 127.5 - 1",
        "align_corners": "true",
        "classes": CLASSES,
        "license": "Apache-2.0",
        **card,
    }
    write_safetensors(out, as_stored(arrays), metadata)

    x = pixels_of(Image.open(os.path.join(fixtures, "reference_input.png")))
    with torch.no_grad():
        reference = {f"logits_os{stride}": logits(averaged(out), x, stride)[0].permute(1, 2, 0).numpy() for stride in (16, 8)}
    note = {"input": "reference_input.png, x/127.5-1", "layout": "HWC at output stride 4"}
    write_safetensors(os.path.join(fixtures, "reference_logits.safetensors"), reference, note)
    print(sum(a.size for a in arrays.values()), "parameters")


if __name__ == "__main__":
    main()
