"""The same code on PyTorch tensors, and PyTorch's own functions and gradients as one more oracle."""

from functools import partial

import numpy as np
import pytest

from support.peers import assert_same_on_arrays, peer

torch = peer("torch")

from torch.nn import functional

from shallowlib import (
    ACTIVATIONS,
    OUTPUTS,
    Parameters,
    backward,
    cost,
    forward,
    sigmoid,
)

G = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": functional.relu,
    "leaky_relu": lambda Z: functional.leaky_relu(Z, 0.01),
    "identity": lambda Z: Z,
}
L = {
    "logistic": lambda Z, Y: functional.binary_cross_entropy_with_logits(
        Z, Y, reduction="sum"
    ),
    "linear": lambda Z, Y: functional.mse_loss(Z, Y, reduction="sum") / 2,
}
TOLERANCE = {torch.float32: 1e-5, torch.float64: 1e-12}


@pytest.fixture(params=[np.float32, np.float64], ids=["float32", "float64"])
def case(request, problem, g1, output, sizes):
    """(the problem in NumPy, the same as tensors, g1, output)."""
    params, X, Y = problem(g1, output, sizes, request.param)
    tensors = (
        Parameters(*(torch.tensor(p.copy()) for p in params)),
        torch.tensor(X.copy()),
        torch.tensor(Y.copy()),
    )
    return (params, X, Y), tensors, g1, output


def agree(tensors, arrays, dtype):
    for t, a in zip(tensors, arrays, strict=True):
        assert (
            isinstance(t, torch.Tensor)
            and t.dtype == dtype
            and tuple(t.shape) == a.shape
        )
        np.testing.assert_allclose(
            t.detach().numpy(), a, rtol=TOLERANCE[dtype], atol=TOLERANCE[dtype]
        )


def test_the_oracles_know_every_registered_function():
    assert (set(G), set(L)) == (set(ACTIVATIONS), set(OUTPUTS))


def test_tensors_give_what_arrays_give(case):
    arrays, tensors, g1, output = case
    assert_same_on_arrays(
        partial(agree, dtype=tensors[1].dtype), arrays, tensors, g1, output
    )


def test_backward_is_the_gradient_pytorch_finds_for_a_network_of_its_own(case):
    (params, X, Y), (params_t, X_t, Y_t), g1, output = case
    W1, b1, W2, b2 = (p.requires_grad_() for p in params_t)
    J = L[output.name](W2 @ G[g1.name](W1 @ X_t + b1) + b2, Y_t) / X_t.shape[1]
    J.backward()
    cache = forward(params, X, g1, output.g2)
    agree([J], [cost(cache.Z2, Y, output.loss)], X_t.dtype)
    agree([p.grad for p in params_t], backward(params, cache, X, Y, g1), X_t.dtype)


def test_pytorch_differentiates_our_cost_to_our_gradient(case):
    _, (params, X, Y), g1, output = case
    leaves = Parameters(*(p.requires_grad_() for p in params))
    cost(forward(leaves, X, g1, output.g2).Z2, Y, output.loss).backward()
    plain = Parameters(*(p.detach() for p in leaves))
    grads = backward(plain, forward(plain, X, g1, output.g2), X, Y, g1)
    agree([p.grad for p in leaves], [dp.numpy() for dp in grads], X.dtype)


def test_activations_and_slopes_are_those_of_pytorch(g1):
    Z = torch.tensor(
        [[-1e4, -3.0, -0.5, 0.25, 2.0, 1e4]], dtype=torch.float64, requires_grad=True
    )
    A = G[g1.name](Z)
    A.sum().backward()
    with torch.no_grad():
        agree([g1(Z)], [A.numpy()], torch.float64)
        agree([g1.prime(Z, g1(Z))], [Z.grad.numpy()], torch.float64)


def test_a_parameter_of_a_torch_module_is_a_tensor_too():
    weight = torch.nn.Parameter(torch.zeros(1, 2))
    assert torch.equal(sigmoid(weight), torch.full((1, 2), 0.5))


def test_losses_are_finite_for_huge_z_on_tensors(output):
    Z2 = torch.tensor([[-1e4, 1e4]])
    assert torch.isfinite(cost(Z2, torch.tensor([[1.0, 0.0]]), output.loss))
