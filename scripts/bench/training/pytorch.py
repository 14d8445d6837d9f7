"""Times steps of the head of a model in PyTorch: forward, back and SGD with momentum, the backbone held. Prints JSON.

    python3 pytorch.py <model.safetensors> <batch.safetensors> <steps> <threads> <rate> <momentum>
"""

import json
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F

sys.path.append(str(Path(__file__).parent / "../../train-nano"))
from networks import backbone, head, read_safetensors, to_torch  # noqa: E402

model, batch, steps, threads, rate, momentum = sys.argv[1:]
torch.set_num_threads(int(threads))
w = to_torch(read_safetensors(model)[1])
values = read_safetensors(batch)[1]
x = torch.from_numpy(values["input"]).permute(0, 3, 1, 2).contiguous()
truth = torch.from_numpy(values["labels"]).long()
learning = [value.requires_grad_() for name, value in w.items() if not name.startswith("backbone/")]
optimiser = torch.optim.SGD(learning, lr=float(rate), momentum=float(momentum))

ms, losses = [], []
for _ in range(int(steps) + 1):
    began = time.perf_counter()
    optimiser.zero_grad()
    with torch.no_grad():
        features, low = backbone(w, x, 16)
    enlarged = F.interpolate(head(w, features, low), truth.shape[1:], mode="bilinear", align_corners=True)
    loss = F.cross_entropy(enlarged, truth)
    loss.backward()
    optimiser.step()
    losses.append(loss.item())
    ms.append(1000 * (time.perf_counter() - began))
print(json.dumps({"ms": ms[1:], "losses": losses}))
