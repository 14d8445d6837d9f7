"""What ships, computing what it computed, with all of it that is not used made anew: atrous branches, skip, and the decoder's channels beside those
of the classes, as surgery.py first makes them. Nothing listens to them yet.

    python3 revive.py <nano.safetensors> <mobilenetv2-050-pascal.safetensors> <folder of photos> revived.npz
"""
import sys

import numpy as np

from networks import CLASSES, RATES, read_safetensors
from surgery import balanced, first_weights, photos_of


def revived(ships, fresh):
    """HWIO arrays by name. `fresh`: the same network's first weights."""
    w = {name: array.copy() for name, array in ships.items()}
    classes, projected = len(CLASSES), len(w["aspp/projection/bias"])
    for name in w:
        if name.startswith(("aspp/atrous_", "decoder/low_level")):
            w[name] = fresh[name]
    # Image pooling and the 1x1 are as wide as what they are projected to.
    w["aspp/projection/kernel"][:, :, 2 * projected :] = 0
    for name, first in (("decoder/conv_0", projected), ("decoder/conv_1", classes)):
        for array in ("kernel", "bias"):
            w[f"{name}/pointwise/{array}"][..., classes:] = fresh[f"{name}/pointwise/{array}"][..., classes:]
        w[f"{name}/depthwise/kernel"][:, :, first:] = fresh[f"{name}/depthwise/kernel"][:, :, first:]
        w[f"{name}/depthwise/bias"][first:] = 0
        w[f"{name}/pointwise/kernel"][:, :, first:, :classes] = 0
    w["logits/kernel"][:, :, classes:] = 0
    return w


if __name__ == "__main__":
    model, released, folder, out = sys.argv[1:]
    ships, first = (read_safetensors(path)[1] for path in (model, released))
    np.savez(out, **balanced(revived(ships, first_weights(first)), photos_of(folder, 12)))
