"""Least squares, and how sure a mean of days is that follow one another."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np

from ..analysis.samples import Flags, Floats

# Of a normal distribution the median deviation is this much of σ.
_MAD: Final = 0.6745


@dataclass(frozen=True, slots=True)
class Fit:
    """A line through points: y ≈ columns · `coefficients`.

    `errors`: the standard error of each coefficient; `scatter`: the standard deviation
    of the residuals, `correlation` that of one with the one before it, at least 0;
    `r2`: the share of the variance that it explains; `inverse`: of the normal equations.
    """

    coefficients: tuple[float, ...]
    errors: tuple[float, ...]
    scatter: float
    correlation: float
    r2: float
    inverse: Floats

    def leverage(self, *columns: Floats) -> float:
        """Return how far the line itself is off at the mean of points, of a day's σ².

        1 / n in the middle of what it was fitted to, more and more outside.
        """
        mean = np.array([column.mean() for column in columns])
        return float(mean @ self.inverse @ mean)

    def at(self, *columns: Floats | float) -> Floats:
        """Return what the line says of other points."""
        terms = zip(self.coefficients, columns, strict=True)
        total: Floats = np.asarray(sum(factor * column for factor, column in terms))
        return total


def fitted(y: Floats, *columns: Floats, weights: Floats | None = None) -> Fit:
    """Return the line of least squares through points in the order of time.

    `columns`: those of the terms, of which a constant one is a column of ones.
    """
    root = np.sqrt(np.ones(len(y)) if weights is None else weights / weights.mean())
    table = np.stack(columns, axis=1)
    weighted = table * root[:, np.newaxis]
    coefficients = np.linalg.lstsq(weighted, y * root)[0]
    residuals = y - table @ coefficients
    freedom = max(len(y) - len(columns), 1)
    scatter = sqrt(float(((residuals * root) ** 2).sum()) / freedom)
    inverse = np.linalg.pinv(weighted.T @ weighted)
    errors = scatter * np.sqrt(np.maximum(np.diag(inverse), 0.0))
    spread = float(((y - y.mean()) ** 2).sum())
    r2 = 1 - float((residuals**2).sum()) / spread if spread > 0 else 0.0
    return Fit(
        tuple(coefficients.tolist()),
        tuple(errors.tolist()),
        scatter,
        lag_correlation(residuals),
        r2,
        inverse,
    )


def newey_west(line: Fit, y: Floats, *columns: Floats, lag: int) -> tuple[float, ...]:
    """Return the standard errors of a line where days are alike up to `lag` apart.

    With Bartlett's weights, so that no variance is below nothing.
    """
    table = np.stack(columns, axis=1)
    scores = table * (y - line.at(*columns))[:, np.newaxis]
    middle = scores.T @ scores
    for apart in range(1, lag + 1):
        both = scores[apart:].T @ scores[:-apart]
        middle = middle + (1 - apart / (lag + 1)) * (both + both.T)
    freedom = len(y) / max(len(y) - len(columns), 1)
    variance = np.diag(line.inverse @ middle @ line.inverse) * freedom
    return tuple(np.sqrt(np.maximum(variance, 0.0)).tolist())


def lag_correlation(residuals: Floats) -> float:
    """Return the correlation of each residual with the one before it, at least 0."""
    centred = residuals - residuals.mean()
    spread = float((centred**2).sum())
    if spread <= 0:
        return 0.0
    return min(max(float((centred[1:] * centred[:-1]).sum()) / spread, 0.0), 0.95)


def standard_error(scatter: float, correlation: float, n: float) -> float:
    """Return how far (1 σ) a mean of n days is off that are alike one after the other."""
    return scatter / sqrt(n) * sqrt((1 + correlation) / (1 - correlation))


def outliers(residuals: Floats, most: float, share: float) -> Flags:
    """Return which residuals are far off: `most` median deviations, a share at most."""
    centred = np.abs(residuals - np.median(residuals))
    deviation = float(np.median(centred)) / _MAD
    far = centred > most * deviation if deviation > 0 else np.zeros(len(centred), bool)
    allowed = int(share * len(residuals))
    if far.sum() > allowed:
        farthest = np.argsort(centred)[::-1][:allowed]
        far = np.zeros(len(centred), bool)
        far[farthest] = True
    return far
