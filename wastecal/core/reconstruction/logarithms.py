"""How are probabilities added up that are too small to be written but as logarithms?"""

import math
from collections.abc import Sequence


def log_sum(logarithms: Sequence[float]) -> float:
    """The logarithm of the sum of what these are the logarithms of."""
    top = max(logarithms)
    return top + math.log(sum([math.exp(value - top) for value in logarithms]))


def log_of_more(log: float) -> float:
    """The logarithm of one more than what this is the logarithm of."""
    return max(log, 0.0) + math.log1p(math.exp(-abs(log)))


def log_of_mixed(share: float, log: float) -> float:
    """The logarithm of the mean of what this is the logarithm of, which has this share, and of one."""
    return math.log1p(-share) + log_of_more(math.log(share / (1 - share)) + log)
