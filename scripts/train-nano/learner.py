"""What training is made of, whatever is learnt: the optimiser and the moving average of the weights, and branches that are taken away."""
import torch


def branch_dropout(shares):
    """Takes branches from some photos of a batch. What stays is scaled up, so that their sum is on average that of all: else each branch is
    too much once all of them speak, and taking one away makes the masks better."""

    def keep(index, branch):
        if index < 0:
            return branch
        stays = 1 - shares[index]
        return branch * ((torch.rand(branch.shape[0], 1, 1, 1) < stays).to(branch.dtype) / stays)

    return keep


class Learner:
    """Learns weights by name, and keeps their moving average in `average`. `shares` says how far each value of a name goes of a step."""

    def __init__(self, learning, average, shares, furthest=5.0, decay=0.998):
        self.learning, self.average, self.shares, self.furthest, self.decay, self.steps = learning, average, shares, furthest, decay, 0
        groups = [{"params": [w], "weight_decay": 1e-3 if w.ndim == 4 and "depthwise" not in n else 0.0} for n, w in learning.items()]
        # Each group has its rate before every step.
        self.optimiser = torch.optim.AdamW(groups, lr=0, betas=(0.9, 0.99))

    def learn(self, loss, rate):
        """One step, its gradient no longer than `furthest`. Whether it was made: a sum in half the digits may overflow, rarely."""
        for group in self.optimiser.param_groups:
            group["lr"] = rate * min(1, (self.steps + 1) / 100)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(list(self.learning.values()), self.furthest)
        if not torch.isfinite(norm + loss):
            print(f"a step was left out: loss {loss.item():.3f}, gradient {norm.item()}", flush=True)
            return False
        before = {name: weight.detach().clone() for name, weight in self.learning.items()}
        self.optimiser.step()
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            for name, weight in self.learning.items():
                weight.copy_(before[name] + self.shares[name] * (weight - before[name]))
                self.average[name].lerp_(weight, 1 - decay)
        return True
