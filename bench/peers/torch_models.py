"""The engine's models in PyTorch, from the same spec: what bench/peers/torch-steps.py and torch-learning.py train."""
import torch
from torch import nn
from torch.nn import functional as F

ACTIVATIONS = {"relu": nn.ReLU, "gelu": nn.GELU, "tanh": nn.Tanh, "identity": nn.Identity}
DEVIATION = 0.02


def build(spec, shape):
    """The model of an engine spec for data of the engine's shape."""
    inputs, outputs = shape["inputs"], shape["outputs"]
    if spec["type"] == "mlp":
        return mlp(spec, inputs, outputs)
    if spec["type"] == "sequential":
        return sequential(spec, outputs)
    return Gpt(spec, outputs) if spec["type"] == "gpt" else Bert(spec, shape["tokens"], outputs)


def mlp(spec, inputs, outputs):
    widths = [inputs, *spec["hidden"]]
    layers = []
    for above, units in zip(widths, widths[1:]):
        layers += [nn.Linear(above, units), ACTIVATIONS[spec["activation"]]()]
        layers += [nn.Dropout(spec["dropout"])] if spec["dropout"] > 0 else []
    return nn.Sequential(*layers, nn.Linear(widths[-1], outputs))


def sequential(spec, outputs):
    """Sizes of inputs are found by passing one row through what is built so far."""
    layers = [nn.Unflatten(1, spec["inputShape"])]
    row = layers[0](torch.zeros(1, torch.Size(spec["inputShape"]).numel()))
    for layer in spec["layers"]:
        kind = layer["type"]
        if kind == "conv2d":
            added = [nn.Conv2d(row.shape[1], layer["filters"], layer["kernel"], padding=layer.get("padding", 0))]
        elif kind == "dense":
            added = [nn.Linear(row.shape[1], layer["units"])]
        else:
            added = [{
                "maxPool2d": lambda: nn.MaxPool2d(layer["kernel"]),
                "flatten": nn.Flatten,
                "batchNorm": lambda: nn.BatchNorm2d(row.shape[1]),
                "relu": nn.ReLU,
                "dropout": lambda: nn.Dropout(layer["rate"]),
            }[kind]()]
        if "activation" in layer:
            added.append(ACTIVATIONS[layer["activation"]]())
        for module in added:
            row = module(row)
        layers += added
    return nn.Sequential(*layers, nn.Linear(row.shape[1], outputs))


class Norm(nn.Module):
    def __init__(self, width, bias, epsilon):
        super().__init__()
        self.weight, self.epsilon = nn.Parameter(torch.ones(width)), epsilon
        self.bias = nn.Parameter(torch.zeros(width)) if bias else None

    def forward(self, x):
        return F.layer_norm(x, self.weight.shape, self.weight, self.bias, self.epsilon)


class Attention(nn.Module):
    """`hidden` says which keys are not seen: [time, time] or [batch, 1, 1, time], True where they are not."""

    def __init__(self, spec, bias):
        super().__init__()
        width, self.heads, self.dropout = spec["width"], spec["heads"], nn.Dropout(spec["dropout"])
        self.qkv, self.projection = nn.Linear(width, 3 * width, bias), nn.Linear(width, width, bias)

    def forward(self, x, hidden):
        b, t, c = x.shape
        q, k, v = (y.view(b, t, self.heads, c // self.heads).transpose(1, 2) for y in self.qkv(x).split(c, 2))
        scores = (q @ k.transpose(2, 3) * (c // self.heads) ** -0.5).masked_fill(hidden, float("-inf"))
        return self.projection((self.dropout(scores.softmax(-1)) @ v).transpose(1, 2).reshape(b, t, c))


class Block(nn.Module):
    """Pre-norm, as GPT-2 has it, or post-norm, as BERT has it."""

    def __init__(self, spec, bias, epsilon, pre_norm):
        super().__init__()
        width, self.pre_norm, self.dropout = spec["width"], pre_norm, nn.Dropout(spec["dropout"])
        self.norm1, self.norm2 = Norm(width, bias, epsilon), Norm(width, bias, epsilon)
        self.attention = Attention(spec, bias)
        self.up, self.down = nn.Linear(width, 4 * width, bias), nn.Linear(4 * width, width, bias)

    def mlp(self, x):
        return self.dropout(self.down(F.gelu(self.up(x))))

    def forward(self, x, hidden):
        if self.pre_norm:
            x = x + self.dropout(self.attention(self.norm1(x), hidden))
            return x + self.mlp(self.norm2(x))
        x = self.norm1(x + self.dropout(self.attention(x, hidden)))
        return self.norm2(x + self.mlp(x))


def draw(model):
    """Every matrix N(0, 0.02), biases 0."""
    for name, parameter in model.named_parameters():
        if parameter.dim() == 2:
            nn.init.normal_(parameter, std=DEVIATION)
        elif name.endswith("bias"):
            nn.init.zeros_(parameter)


class Gpt(nn.Module):
    """Logits of the next token, [batch · time, vocabulary]."""

    def __init__(self, spec, vocabulary):
        super().__init__()
        width, context, layers, bias = spec["width"], spec["context"], spec["layers"], spec["bias"]
        self.token, self.position = nn.Embedding(vocabulary, width), nn.Embedding(context, width)
        self.blocks = nn.ModuleList(Block(spec, bias, 1e-5, pre_norm=True) for _ in range(layers))
        self.norm, self.dropout = Norm(width, bias, 1e-5), nn.Dropout(spec["dropout"])
        self.output = nn.Linear(width, vocabulary, bias=False)
        self.register_buffer("hidden", torch.ones(context, context).triu(1) > 0)
        if spec["tied"]:
            self.output.weight = self.token.weight
        draw(self)
        for block in self.blocks:
            for last in (block.attention.projection, block.down):
                nn.init.normal_(last.weight, std=DEVIATION * (2 * layers) ** -0.5)

    def forward(self, tokens):
        x = self.dropout(self.token(tokens) + self.position.weight)
        for block in self.blocks:
            x = block(x, self.hidden)
        return self.output(self.norm(x)).flatten(0, 1)


class Bert(nn.Module):
    """Logits of each row's class, or, where tokens are masked, of each position's token: [batch · time, vocabulary]."""

    EPSILON = 1e-12

    def __init__(self, spec, tokens, outputs):
        super().__init__()
        width, vocabulary, self.padding = spec["width"], tokens["vocabulary"], tokens["padding"]
        self.token, self.position = nn.Embedding(vocabulary, width), nn.Embedding(spec["context"], width)
        self.segment, self.norm = nn.Embedding(2, width), Norm(width, True, self.EPSILON)
        self.blocks = nn.ModuleList(Block(spec, True, self.EPSILON, pre_norm=False) for _ in range(spec["layers"]))
        self.dropout, self.head = nn.Dropout(spec["dropout"]), nn.Linear(width, width)
        self.classes = nn.Linear(width, outputs) if tokens["targets"] == "row" else None
        if self.classes is None:
            self.headNorm, self.bias = Norm(width, True, self.EPSILON), nn.Parameter(torch.zeros(vocabulary))
        draw(self)

    def forward(self, tokens):
        hidden = (tokens == self.padding)[:, None, None, :]
        x = self.token(tokens) + self.position.weight + self.segment.weight[0]
        x = self.dropout(self.norm(x))
        for block in self.blocks:
            x = block(x, hidden)
        if self.classes is not None:
            return self.classes(torch.tanh(self.head(x[:, 0])))
        return F.linear(self.headNorm(F.gelu(self.head(x))), self.token.weight, self.bias).flatten(0, 1)
