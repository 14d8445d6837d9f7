"""A checkpoint between two: in the backbone and in the head, so much of the second's averaged weights, the rest of the first's.

    python3 average.py first.npz nano.npz between.npz --backbone 0.3 --head 1

Between the released model's weights and those that were trained further on few photos, classes that the photos rarely show are forgotten
less, and little of what was learnt is lost (Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022).
"""
import argparse

import numpy as np

from networks import averaged_weights, is_released


def main():
    p = argparse.ArgumentParser()
    p.add_argument("first")
    p.add_argument("second")
    p.add_argument("out")
    p.add_argument("--backbone", type=float, default=0.5, help="share of the second in what came from the released model")
    p.add_argument("--head", type=float, default=0.5, help="share of the second in all else")
    a = p.parse_args()
    first, second = averaged_weights(a.first), averaged_weights(a.second)
    shares = {n: a.backbone if is_released(n) else a.head for n in first}
    np.savez(a.out, **{n: (1 - shares[n]) * first[n] + shares[n] * second[n] for n in first})


if __name__ == "__main__":
    main()
