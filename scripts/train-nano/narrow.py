"""The released MobileNetV2 1.0 (DeepLab v3, Apache-2.0) made narrower from its fifteenth block on, with atrous branches beside what is left.

    python3 narrow.py mobilenetv2-100-pascal.safetensors <folder of photos> narrow.npz

Where channels are left out, what read them is fitted by least squares, on some photos, to what the released network gave there. The
atrous branches are random features that the projection is fitted with. The masks are those of the released network, a good deal worse:
distil.py mends that.
"""
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from networks import CLASSES, RATES, backbone, convolve, head, pixels_of, read_safetensors, to_torch

# Blocks that stay whole, and how many channels the depthwise convolutions of the others keep.
WHOLE_BLOCKS, KEPT = 14, {14: 288, 15: 380, 16: 600}
# What the names of their weights begin with.
TRUNK = ("backbone/conv/",) + tuple(f"backbone/block_{index:02d}/" for index in range(WHOLE_BLOCKS))
# Features are not 160: a last block with as many channels as go into it would be a residual one.
FEATURES, POOLED, SINGLE, ATROUS, PROJECTED = 168, 192, 160, 64, 96
PHOTOS, SIDE, RIDGE = 160, 385, 1e-4


def photos_of(folder):
    """Some photos of a folder, in batches in [-1, 1]."""
    names = sorted(f for f in os.listdir(folder) if f.endswith(".jpg"))
    for start in range(0, PHOTOS, 20):
        chosen = [names[index * len(names) // PHOTOS] for index in range(start, start + 20)]
        yield torch.cat([pixels_of(Image.open(os.path.join(folder, n)).convert("RGB").resize((SIDE, SIDE), Image.BICUBIC)) for n in chosen])


def rows(x):
    """Cells as rows [n, channels] of a map."""
    return x.permute(0, 2, 3, 1).reshape(-1, x.shape[1]).double().numpy()


def like(x, values):
    """A map of other channels, from rows, where `x` has its cells."""
    return torch.from_numpy(values.astype(np.float32)).reshape(x.shape[0], *x.shape[2:], -1).permute(0, 3, 1, 2)


def fitted(inputs, target):
    """Kernel [1, 1, i, o] and bias [o] that make most of `target` from `inputs` (rows)."""
    mean, wanted = inputs.mean(0), target.mean(0)
    centred = inputs - mean
    moments = centred.T @ centred
    moments[np.diag_indices(len(moments))] += RIDGE * np.trace(moments)
    kernel = np.linalg.solve(moments, centred.T @ (target - wanted))
    explained = 1 - np.var(target - wanted - centred @ kernel) / np.var(target)
    return kernel[None, None].astype(np.float32), (wanted - mean @ kernel).astype(np.float32), explained


def most_worth(values, kernel, count):
    """The channels whose changes reach furthest into what a kernel [i, o] makes of them."""
    return np.sort(np.argsort(-values.std(0) * np.linalg.norm(kernel, axis=1))[:count])


class Surgeon:
    """Writes weights (HWIO), and looks at what they give."""

    def __init__(self, released, seed=1):
        self.released, self.rng = released, np.random.default_rng(seed)
        self.w = {n: v for n, v in released.items() if n.startswith(TRUNK)}

    def gives(self, name, x, **options):
        return convolve(to_torch(self.w), name, x, **options)

    def fit(self, name, inputs, target):
        self.w[name + "/kernel"], self.w[name + "/bias"], explained = fitted(inputs, target)
        print(f"{name}: {100 * explained:.0f} % of what the released network gives there", flush=True)

    def keep(self, name, channels):
        """A released convolution's channels (outputs)."""
        kernel = self.released[name + "/kernel"]
        self.w[name + "/kernel"] = kernel[:, :, channels] if name.endswith("/depthwise") else kernel[..., channels]
        self.w[name + "/bias"] = self.released[name + "/bias"][channels]

    def narrowed(self, index, x, wanted, residual):
        """A block with fewer channels, made to give `wanted`; what it gives."""
        name = f"backbone/block_{index}"
        inside = ("/expand", "/depthwise")
        for part in inside:
            self.keep(name + part, slice(None))
        hidden = self.gives(name + "/depthwise", self.gives(name + "/expand", x, act="relu6"), rate=2, act="relu6")
        change = rows(wanted - x if residual else wanted)
        kept = most_worth(rows(hidden), self.released[name + "/project/kernel"][0, 0], KEPT[index])
        for part in inside:
            self.keep(name + part, kept)
        self.fit(name + "/project", rows(hidden[:, kept]), change)
        y = self.gives(name + "/project", hidden[:, kept])
        return y + x if residual else y

    def new(self, name, x, kernel, rate=1, exact=0, bias=0):
        """A new convolution, its channels centred and of size one, but for the first, which are exactly as given; what its ReLU lets through."""
        axis = 2 if name.endswith("/depthwise") else 3
        self.w[name + "/kernel"], self.w[name + "/bias"] = kernel.astype(np.float32), np.zeros(kernel.shape[axis], np.float32)
        self.w[name + "/bias"][exact:] -= self.gives(name, x, rate=rate).mean((0, 2, 3)).numpy()[exact:]
        self.w[name + "/bias"][:exact] = bias
        y = self.gives(name, x, rate=rate, act="relu")
        size = np.maximum(y.square().mean((0, 2, 3)).sqrt().numpy(), 1e-3)
        size[:exact] = 1
        self.w[name + "/kernel"] = self.w[name + "/kernel"] / (size[None, None, :, None] if axis == 2 else size)
        self.w[name + "/bias"] = self.w[name + "/bias"] / size
        return y / torch.from_numpy(size)[None, :, None, None]

    def mixing(self, x, outputs):
        return self.rng.normal(0, np.sqrt(2 / x.shape[1]), (1, 1, x.shape[1], outputs))


def narrowed(released, batches):
    """HWIO arrays by name."""
    s, whole = Surgeon(released), to_torch(released)
    x = torch.cat([backbone(whole, x, 16, end=WHOLE_BLOCKS)[0] for x in batches])

    wanted = x
    for index in KEPT:
        wanted = backbone(whole, wanted, 16, begin=index, end=index + 1)[0]
        residual = index < 16
        if not residual:
            # The last block gives fewer channels: those in which the 1x1 branch sees most.
            seen = rows(convolve(whole, "aspp/conv_1x1", wanted))
            directions = np.linalg.svd(np.cov(seen.T))[0][:, :FEATURES]
            features = s.narrowed(index, x, like(wanted, seen @ directions), residual)
        else:
            x = s.narrowed(index, x, wanted, residual)

    pooled, pooled_whole = (y.mean((2, 3), keepdim=True) for y in (features, wanted))
    projection = released["aspp/projection/kernel"][0, 0]
    # A photo's mean is one row: means of parts of it are many.
    parts, parts_whole = (rows(F.avg_pool2d(y, 7, 3)) for y in (features, wanted))
    pooled_wanted, single_wanted = parts_whole @ released["aspp/image_pooling/kernel"][0, 0] + released["aspp/image_pooling/bias"], rows(convolve(whole, "aspp/conv_1x1", wanted))
    width = pooled_wanted.shape[1]
    kept = kept_pooled = most_worth(np.maximum(pooled_wanted, 0), projection[:width], POOLED)
    s.fit("aspp/image_pooling", parts, pooled_wanted[:, kept])
    kept = most_worth(np.maximum(single_wanted, 0), projection[width:], SINGLE)
    s.fit("aspp/conv_1x1", rows(features), single_wanted[:, kept])
    branches = [s.gives("aspp/image_pooling", pooled, act="relu").expand(-1, -1, *features.shape[2:]), s.gives("aspp/conv_1x1", features, act="relu")]
    for index, rate in enumerate(RATES):
        name = f"aspp/atrous_{index}"
        y = s.new(name + "/depthwise", features, s.rng.normal(0, 1, (3, 3, FEATURES, 1)), rate)
        branches.append(s.new(name + "/pointwise", y, s.mixing(y, ATROUS)))
    scores = rows(head(whole, wanted, None))
    projected_whole = rows(convolve(whole, "aspp/projection", torch.cat([*aspp_of(whole, wanted, pooled_whole)], 1)))
    kept = most_worth(np.maximum(projected_whole, 0), released["logits/kernel"][0, 0], PROJECTED)
    # A photo's mean is read as it was: there are too few of them to fit anything. The branches with rates are not listened to yet.
    pooled_kernel, atrous_kernel = projection[kept_pooled][:, kept], np.zeros((len(RATES) * ATROUS, PROJECTED))
    s.fit("aspp/projection", rows(branches[1]), projected_whole[:, kept] - rows(branches[0]) @ pooled_kernel)
    s.w["aspp/projection/kernel"] = np.concatenate([pooled_kernel, s.w["aspp/projection/kernel"][0, 0], atrous_kernel])[None, None].astype(np.float32)
    encoded = s.gives("aspp/projection", torch.cat(branches, 1), act="relu")

    s.fit("logits", rows(encoded), scores)
    return s.w


def aspp_of(w, features, pooled):
    """The released network's two branches."""
    yield convolve(w, "aspp/image_pooling", pooled, act="relu").expand(-1, -1, *features.shape[2:])
    yield convolve(w, "aspp/conv_1x1", features, act="relu")


if __name__ == "__main__":
    model, folder, out = sys.argv[1:]
    with torch.no_grad():
        np.savez(out, **narrowed(read_safetensors(model)[1], photos_of(folder)))
