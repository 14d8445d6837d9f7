"""Files of soft labels: `<path>.json` (each photo's file, and its grid's height and width) and `<path>.bin` (height x width x classes bytes a
photo: probability times 255, in the same order)."""
import json

import numpy as np

from networks import CLASSES


def read_labels(path):
    """(photo's file, soft labels [h, w, classes] of bytes) of every photo."""
    values, offset, labels = np.memmap(path + ".bin", np.uint8, "r"), 0, []
    for entry in json.load(open(path + ".json")):
        shape = (entry["height"], entry["width"], len(CLASSES))
        size = int(np.prod(shape))
        labels.append((entry["file"], values[offset : offset + size].reshape(shape)))
        offset += size
    return labels


def write_labels(path, labels):
    """Writes what `read_labels` reads, one photo after the other."""
    index = []
    with open(path + ".bin", "wb") as file:
        for name, soft in labels:
            file.write(soft.tobytes())
            index.append({"file": name, "height": soft.shape[0], "width": soft.shape[1]})
    with open(path + ".json", "w") as file:
        json.dump(index, file)
