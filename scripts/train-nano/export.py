"""Writes a checkpoint as a model file, with the logits that the tests compare the engine's with.

    python3 export.py all.npz ../../data/models/nano.safetensors ../../test/fixtures/nano '{"source": "...", "measured": "..."}'

The weights are the moving average, rounded to float16; the logits, of the fixture's photo at output strides 16 and 8, are computed
here, in PyTorch, from the rounded weights.
"""
import json
import os
import sys

import numpy as np
import torch
from PIL import Image

from networks import CLASSES, RATES, averaged, logits, pixels_of, to_arrays, to_torch, write_safetensors


def main():
    checkpoint, out, fixtures, card = sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4])
    arrays = to_arrays(averaged(checkpoint))
    metadata = {
        "name": "nano",
        "architecture": "deeplab-v3plus",
        "backbone": "mobilenet_v2",
        "width_multiplier": "0.5",
        "aspp_rates": list(RATES),
        "aspp_rates_output_stride": "16",
        "low_level_end_point": "block_02/depthwise",
        "activation": "relu6",
        "head_activation": "relu",
        "preprocessing": "x / 127.5 - 1",
        "align_corners": "true",
        "classes": CLASSES,
        "license": "Apache-2.0",
        **card,
    }
    write_safetensors(out, arrays, "F16", metadata)

    rounded = to_torch({n: a.astype("<f2").astype(np.float32) for n, a in arrays.items()})
    x = pixels_of(Image.open(os.path.join(fixtures, "reference_input.png")))
    with torch.no_grad():
        reference = {f"logits_os{stride}": logits(rounded, x, stride)[0].permute(1, 2, 0).numpy() for stride in (16, 8)}
    note = {"input": "reference_input.png, x/127.5-1", "layout": "HWC at output stride 4"}
    write_safetensors(os.path.join(fixtures, "reference_logits.safetensors"), reference, "F32", note)
    print(sum(a.size for a in arrays.values()), "parameters")


if __name__ == "__main__":
    main()
