"""The mean of two checkpoints' weights, apart for backbone and head.

    python3 mean.py all.npz first.npz 0.3 0 nano.npz

takes 0.3 of the second's backbone, and of its head nothing.
"""
import sys

import numpy as np

from networks import averaged, to_arrays


def main():
    first, second = (to_arrays(averaged(path)) for path in sys.argv[1:3])
    backbone, head = float(sys.argv[3]), float(sys.argv[4])
    share = lambda name: backbone if name.startswith("backbone/") else head
    np.savez(sys.argv[5], **{name: array + share(name) * (second[name] - array) for name, array in first.items()})


if __name__ == "__main__":
    main()
