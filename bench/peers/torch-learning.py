"""A whole training run in PyTorch, the peer of bench/learning.ts: the engine's spec, with PyTorch's own random numbers.

The first argument is JSON: spec (resolved), shape (the data's), seed, threads, and the folder in which each split's x and y
lie as plain numbers. Writes one line of JSON: PyTorch's version, seconds of training, loss and accuracy on the test.
"""
import json
import math
import os
import sys
import time

import numpy as np
import torch
from torch.nn import functional as F

from torch_models import build

run = json.loads(sys.argv[1])
spec, shape = run["spec"], run["shape"]
training, schedule = spec["training"], spec["schedule"]
inputs, tokens = shape["inputs"], shape.get("tokens")
targets = tokens["targets"] if tokens else "row"
torch.set_num_threads(run["threads"])
torch.manual_seed(run["seed"])
NO_TARGET = -100


def load(split):
    def read(name, kind):
        return torch.from_numpy(np.fromfile(os.path.join(run["folder"], f"{split}.{name}"), kind))

    x = read("x", np.int32).long() if tokens else read("x", np.float32)
    is_stream = tokens and "stream" in tokens
    return (x if is_stream else x.view(-1, inputs)), read("y", np.int32).long()


def masked(x):
    """Targets of 15 % of the ordinary tokens, at least one a row; 80 % of those become the mask, 10 % any other token."""
    mask, first = tokens["mask"]["token"], tokens["mask"]["firstOrdinary"]
    draws = torch.rand(x.shape).masked_fill(x < first, 1)
    chosen = (draws < 0.15) | ((draws == draws.min(1, keepdim=True).values) & (x >= first))
    kind = torch.rand(x.shape)
    replaced = torch.where(kind < 0.8, torch.tensor(mask), torch.randint(first, tokens["vocabulary"], x.shape))
    return torch.where(chosen & (kind < 0.9), replaced, x), x.masked_fill(~chosen, NO_TARGET).flatten()


def windows(stream, starts):
    """Inputs and targets of the windows that begin at `starts`."""
    places = starts[:, None] + torch.arange(inputs)
    if targets == "masked":
        return masked(stream[places])
    return stream[places], stream[places + 1].flatten()


def batches(x, y, rows):
    """One epoch, or the whole run where windows are drawn at random."""
    size = training["batchSize"]
    if training["sampling"] == "randomWindows":
        last = len(x) - inputs - (targets == "position")
        while True:
            yield windows(x, torch.randint(last + 1, (size,)))
    for chosen in torch.randperm(rows).split(size):
        yield x[chosen], y[chosen]


def learning_rate(step, total):
    """The engine's: a linear warm-up, then the schedule."""
    full, warmup = spec["optimizer"]["learningRate"], schedule["warmup"]
    if step < warmup:
        return full * (step + 1) / (warmup + 1)
    least, progress = schedule["minimum"], (step - warmup) / (total - warmup)
    return least + (full - least) * (1 + math.cos(math.pi * progress)) / 2


def make_optimizer(model):
    settings = spec["optimizer"]
    options = {"betas": (settings["beta1"], settings["beta2"]), "eps": settings["epsilon"]}
    if settings["type"] == "adam":
        return torch.optim.Adam(model.parameters(), **options)
    matrices = [parameter for parameter in model.parameters() if parameter.dim() >= 2]
    others = [parameter for parameter in model.parameters() if parameter.dim() < 2]
    groups = [{"params": matrices, "weight_decay": settings["weightDecay"]}, {"params": others, "weight_decay": 0}]
    return torch.optim.AdamW(groups, **options)


def train(model, x, y):
    rows = shape["rows"]["train"]
    per_epoch = math.ceil(rows / training["batchSize"])
    total = training.get("steps") or training["epochs"] * per_epoch
    optimizer, step = make_optimizer(model), 0
    model.train()
    while step < total:
        for inputs_, classes in batches(x, y, rows):
            for group in optimizer.param_groups:
                group["lr"] = learning_rate(step, total)
            optimizer.zero_grad(set_to_none=True)
            F.cross_entropy(model(inputs_), classes).backward()
            if training["clipNorm"] is not None:
                torch.nn.utils.clip_grad_norm_(model.parameters(), training["clipNorm"])
            optimizer.step()
            step += 1
            if step == total:
                return


@torch.no_grad()
def measure(model, x, y):
    """Over the whole split; a stream's windows do not overlap."""
    model.eval()
    loss = right = count = 0
    for rows in torch.arange(shape["rows"]["test"]).split(256):
        values, classes = (x[rows], y[rows]) if y.numel() else windows(x, rows * inputs)
        logits, known = model(values), classes != NO_TARGET
        loss += F.cross_entropy(logits, classes, reduction="sum").item()
        right += (logits.argmax(1) == classes)[known].sum().item()
        count += known.sum().item()
    return loss / count, right / count


model = build(spec["model"], shape)
data = load("train")
start = time.perf_counter()
train(model, *data)
seconds = time.perf_counter() - start
loss, accuracy = measure(model, *load("test"))
print(json.dumps({"version": torch.__version__, "seconds": seconds, "loss": loss, "accuracy": accuracy}))
