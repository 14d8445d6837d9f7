"""The Lovasz loss: what the mean IoU of a batch is, made so that it has a gradient (Berman, Triki and Blaschko 2018, section 3)."""
import torch


def lovasz_gradient(there):
    """How much the IoU's loss grows with each pixel that is wrong, of pixels in order of their errors; `there` says whether each is the class."""
    total = there.sum()
    jaccard = 1 - (total - there.cumsum(0)) / (total + (1 - there).cumsum(0))
    return torch.cat([jaccard[:1], jaccard[1:] - jaccard[:-1]])


def lovasz_loss(probabilities, masks, ignored):
    """Mean over the classes that a batch's masks hold; [n, classes, h, w] and [n, h, w]."""
    counted = masks != ignored
    p, y = probabilities.movedim(1, -1)[counted], masks[counted]
    losses = []
    for k in y.unique():
        there = (y == k).float()
        errors, order = (there - p[:, k]).abs().sort(descending=True)
        losses.append(errors @ lovasz_gradient(there[order]))
    return torch.stack(losses).mean() if losses else probabilities.sum() * 0
