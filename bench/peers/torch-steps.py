"""Training steps (forward, backward, Adam) of the benchmark's models in PyTorch, the peer of bench/training.ts.

The first argument is the workload as JSON. Each line on the standard input is a number of steps to take; each line on the
standard output says how many seconds they took. The first line out, before any steps, is PyTorch's version.
"""
import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

workload = json.loads(sys.argv[1])
torch.set_num_threads(workload["threads"])
torch.manual_seed(1)
batch = workload["batchSize"]
BATCHES = 16


def mlp(widths, dropout):
    layers = []
    for inputs, units in zip(widths[:-2], widths[1:-1]):
        layers += [nn.Linear(inputs, units), nn.ReLU()] + ([nn.Dropout(dropout)] if dropout else [])
    return nn.Sequential(*layers, nn.Linear(widths[-2], widths[-1]))


def cnn():
    """28×28×1 → conv 3×3×32, pool, conv 3×3×64, pool, dense 128, dense 10."""
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 5 * 5, 128), nn.ReLU(), nn.Linear(128, 10),
    )


class Block(nn.Module):
    """Pre-norm decoder block without biases, as in nanoGPT."""

    def __init__(self, width, heads, context):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attend = nn.Linear(width, 3 * width, bias=False)
        self.project = nn.Linear(width, width, bias=False)
        self.up = nn.Linear(width, 4 * width, bias=False)
        self.down = nn.Linear(4 * width, width, bias=False)
        self.register_buffer("mask", torch.tril(torch.ones(context, context)) == 0)

    def forward(self, x):
        b, t, c = x.shape
        q, k, v = (y.view(b, t, self.heads, c // self.heads).transpose(1, 2) for y in self.attend(self.norm1(x)).split(c, 2))
        scores = (q @ k.transpose(2, 3) * (c // self.heads) ** -0.5).masked_fill(self.mask, float("-inf"))
        x = x + self.project((scores.softmax(-1) @ v).transpose(1, 2).reshape(b, t, c))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class Gpt(nn.Module):
    def __init__(self, vocabulary, layers, heads, width, context):
        super().__init__()
        self.token, self.position = nn.Embedding(vocabulary, width), nn.Embedding(context, width)
        self.blocks = nn.Sequential(*(Block(width, heads, context) for _ in range(layers)))
        self.norm, self.output = nn.LayerNorm(width), nn.Linear(width, vocabulary, bias=False)

    def forward(self, tokens):
        x = self.token(tokens) + self.position.weight
        return self.output(self.norm(self.blocks(x))).flatten(0, 1)


model_spec = workload["model"]
if model_spec["type"] == "mlp":
    model = mlp(model_spec["widths"], model_spec["dropout"])
    x, y = torch.randn(BATCHES, batch, model_spec["widths"][0]), torch.randint(model_spec["widths"][-1], (BATCHES, batch))
elif model_spec["type"] == "cnn":
    model = cnn()
    x, y = torch.randn(BATCHES, batch, 1, 28, 28), torch.randint(10, (BATCHES, batch))
else:
    sizes = {name: model_spec[name] for name in ("vocabulary", "layers", "heads", "width", "context")}
    model = Gpt(**sizes)
    x = torch.randint(sizes["vocabulary"], (BATCHES, batch, sizes["context"]))
    y = torch.randint(sizes["vocabulary"], (BATCHES, batch * sizes["context"]))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)


def step(index):
    optimizer.zero_grad(set_to_none=True)
    F.cross_entropy(model(x[index % BATCHES]), y[index % BATCHES]).backward()
    optimizer.step()


print(torch.__version__, flush=True)
done = 0
for line in sys.stdin:
    steps = int(line)
    start = time.perf_counter()
    for _ in range(steps):
        step(done)
        done += 1
    print(time.perf_counter() - start, flush=True)
