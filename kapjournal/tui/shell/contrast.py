"""The contrast of two colours, as WCAG 2.2 measures it."""

import re

HEX = re.compile(r"#[0-9a-fA-F]{6}")
"""A colour as themes write it."""

AA = 4.5
"""The least contrast of words that nearly everyone can read (WCAG 2.2, level AA)."""


def ratio(one: str, other: str) -> float:
    """The contrast ratio of two colours of the form #rrggbb, from 1 (the same) to 21."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    """One channel of sRGB, 0 to 1, as an amount of light."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
