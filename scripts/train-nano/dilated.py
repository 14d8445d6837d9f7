"""Depthwise convolutions at a rate, 3x3, 'same' padding, whose gradients PyTorch 1.13 takes two to eight times as long to find on a processor.

Photos lie with channels last, [n, h, w, c], so that a cell is one piece of memory.
"""
from itertools import product

import torch
import torch.nn.functional as F


def dilated(x, kernel, rate):
    """x [n, h, w, c], kernel [c, 1, 3, 3]: [n, h, w, c]. A small rate by its phases, a large one, whose taps mostly lie outside, by these."""
    return Taps.apply(x, kernel, rate) if rate > 2 else by_phases(x, kernel, rate)


def by_phases(x, kernel, rate):
    """Every `rate`-th cell is a photo of its own, on which the rate is 1."""
    n, h, w, c = x.shape
    x = F.pad(x, (0, 0, rate, rate - (w + 2 * rate) % -rate, rate, rate - (h + 2 * rate) % -rate))
    rows, columns = x.shape[1] // rate, x.shape[2] // rate
    x = x.view(n, rows, rate, columns, rate, c).permute(2, 4, 0, 1, 3, 5).reshape(-1, rows, columns, c)
    y = F.conv2d(x.permute(0, 3, 1, 2), kernel, groups=c).permute(0, 2, 3, 1)
    y = y.view(rate, rate, n, rows - 2, columns - 2, c).permute(2, 3, 0, 4, 1, 5).reshape(n, rate * (rows - 2), rate * (columns - 2), c)
    return y[:, :h, :w]


class Taps(torch.autograd.Function):
    """Each of nine taps where it lies on the photo."""

    @staticmethod
    def parts(shape, rate):
        """(row, column, where a tap reads, where it adds to) of those that lie on it at all."""
        h, w = shape[1:3]
        of = lambda d, side: slice(max(0, d), side + min(0, d))
        for r, c in product(range(3), repeat=2):
            down, right = rate * (r - 1), rate * (c - 1)
            if abs(down) < h and abs(right) < w:
                yield r, c, (slice(None), of(down, h), of(right, w)), (slice(None), of(-down, h), of(-right, w))

    @staticmethod
    def forward(ctx, x, kernel, rate):
        ctx.save_for_backward(x, kernel)
        ctx.rate = rate
        y = torch.zeros_like(x)
        for r, c, of, to in Taps.parts(x.shape, rate):
            y[to].addcmul_(x[of], kernel[:, 0, r, c])
        return y

    @staticmethod
    def backward(ctx, gradient):
        x, kernel = ctx.saved_tensors
        of_x, of_kernel = torch.zeros_like(x), torch.zeros_like(kernel)
        for r, c, of, to in Taps.parts(x.shape, ctx.rate):
            of_x[of].addcmul_(gradient[to], kernel[:, 0, r, c])
            of_kernel[:, 0, r, c] = (gradient[to] * x[of]).sum((0, 1, 2))
        return of_x, of_kernel, None
