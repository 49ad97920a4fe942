"""Writes torch-layers.txt: results and gradients of layers computed by PyTorch in double precision.

Operand k has the values 0.8 sin(0.37 i + k) in row-major order, and gradients are those of the sum of the result
times cos(0.23 i). Images are rows x columns x channels and weights rows x columns x channels x outputs, as in
Tensors; they are permuted here. Run with: python3 torch_layers.py > torch-layers.txt   (recorded with PyTorch 2.15)
"""

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def case(name, shapes, function):
    operands = []
    for k, shape in enumerate(shapes):
        i = torch.arange(torch.Size(shape).numel())
        operands.append((0.8 * torch.sin(0.37 * i + k)).reshape(shape).requires_grad_())
    result = function(*operands)
    weights = torch.cos(0.23 * torch.arange(result.numel())).reshape(result.shape)
    gradients = torch.autograd.grad((result * weights).sum(), operands)
    for kind, values in (("value", [result]), ("gradient", gradients)):
        flat = torch.cat([v.reshape(-1) for v in values]).tolist()
        print(name, kind, *(f"{v:.17g}" for v in flat))


def images(x):
    return x.permute(0, 3, 1, 2)


def back(y):
    return y.permute(0, 2, 3, 1)


def weights(w):
    return w.permute(3, 2, 0, 1)


def heads(x, count):
    b, t, d = x.shape
    return x.reshape(b, t, count, d // count).transpose(1, 2)


def attend(q, k, v, causal):
    y = F.scaled_dot_product_attention(heads(q, 2), heads(k, 2), heads(v, 2), is_causal=causal)
    return y.transpose(1, 2).reshape(q.shape[0], q.shape[1], -1)


def lstm(x, wx, wh, b):
    cell = torch.nn.LSTM(x.shape[2], wh.shape[0], batch_first=True)
    parameters = {"weight_ih_l0": wx.T, "weight_hh_l0": wh.T, "bias_ih_l0": b, "bias_hh_l0": torch.zeros_like(b)}
    return torch.func.functional_call(cell, parameters, (x,))[0]


def gru(x, h, state):
    cell = torch.nn.GRUCell(x.shape[1], state.shape[1])
    eye = torch.eye(x.shape[1])
    zero = torch.zeros(x.shape[1])
    # The affine maps are given, so the cell maps the input by the identity and gets the state's as its bias.
    parameters = {"weight_ih": eye, "bias_ih": zero, "weight_hh": torch.zeros(x.shape[1], state.shape[1]),
                  "bias_hh": h}
    return torch.cat([torch.func.functional_call(cell, {**parameters, "bias_hh": h[i]}, (x[i:i + 1], state[i:i + 1]))
                      for i in range(x.shape[0])])


case("convolution", [(2, 5, 6, 3), (3, 2, 3, 4)],
     lambda x, w: back(F.conv2d(images(x), weights(w), padding=(1, 0))))
case("strided-grouped-convolution", [(2, 7, 6, 4), (3, 3, 2, 6)],
     lambda x, w: back(F.conv2d(images(x), weights(w), stride=2, padding=1, groups=2)))
case("depthwise-convolution", [(1, 5, 5, 3), (3, 3, 1, 3)],
     lambda x, w: back(F.conv2d(images(x), weights(w), padding=1, groups=3)))
case("transposed-convolution", [(2, 3, 3, 4), (3, 3, 2, 4)],
     lambda x, w: back(F.conv_transpose2d(images(x), weights(w), stride=2, padding=1, output_padding=1)))
case("sequence-convolution", [(2, 7, 3), (3, 3, 2)],
     lambda x, w: F.conv1d(x.transpose(1, 2), w.permute(2, 1, 0), stride=2, padding=1).transpose(1, 2))
case("max-pooling", [(2, 5, 6, 3)],
     lambda x: back(F.max_pool2d(images(x), (3, 2), stride=2, padding=(1, 0))))
case("average-pooling", [(2, 4, 6, 3)], lambda x: back(F.avg_pool2d(images(x), (2, 3))))
case("layer-norm", [(3, 7), (7,), (7,)], lambda x, g, b: F.layer_norm(x, (7,), g, b))
case("rms-norm", [(3, 7), (7,)], lambda x, g: F.rms_norm(x, (7,), g, eps=1e-6))
case("batch-norm", [(2, 3, 2, 4), (4,), (4,)],
     lambda x, g, b: back(F.batch_norm(images(x), None, None, g, b, training=True)))
case("group-norm", [(2, 3, 2, 4), (4,), (4,)], lambda x, g, b: back(F.group_norm(images(x), 2, g, b)))
case("attention", [(2, 5, 6), (2, 5, 6), (2, 5, 6)], lambda q, k, v: attend(q, k, v, False))
case("causal-attention", [(2, 5, 6), (2, 5, 6), (2, 5, 6)], lambda q, k, v: attend(q, k, v, True))
case("lstm", [(2, 5, 3), (3, 16), (4, 16), (16,)], lstm)
case("gru", [(3, 6), (3, 6), (3, 2)], gru)
case("gelu", [(11,)], lambda x: F.gelu(4 * x))
case("silu", [(11,)], lambda x: F.silu(4 * x))
case("softplus", [(11,)], lambda x: F.softplus(20 * x, threshold=1000))
case("cross-entropy", [(4, 5)],
     lambda x: F.cross_entropy(x, torch.tensor([3, 0, 4, 1]), reduction="none", label_smoothing=0.1))
case("soft-targets", [(4, 5), (4, 5)], lambda x, t: F.cross_entropy(x, torch.softmax(t, 1), reduction="none"))
case("binary-cross-entropy", [(7,), (7,)],
     lambda x, t: F.binary_cross_entropy_with_logits(x, torch.sigmoid(t), reduction="none"))
case("fourier", [(4, 6), (4, 6)], lambda a, b: torch.view_as_real(torch.fft.fft2(torch.complex(a, b), norm="ortho")))
