"""Draws how the costs grow with the reports: two panels with logarithmic axes, as SVG without a plotting library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, floor, log10

from .measuring import PROJECT_ROOT

IMAGE = PROJECT_ROOT / "orchestration" / "docs" / "images" / "growth.svg"
_WIDTH, _HEIGHT, _LEFT, _TOP = 300, 240, 60, 40
_COLOURS = ("#1b6ca8", "#d1495b", "#3c7a57", "#8d6a9f", "#b07d2b", "#555555")
_STEPS = {
    "read the reports": "read", "extract the facts": "extract", "build the marts with dbt": "marts",
    "check with Great Expectations": "checks", "publish": "publish",
}  # fmt: skip
Line = Callable[[dict], float]


WHOLE: dict[str, Line] = {
    "from nothing, s": lambda each: each["from_nothing"]["wall"],
    "bare loop, s": lambda each: each["bare_loop"],
    "one more, s": lambda each: each["one_more"]["wall"],
    "peak memory, MB": lambda each: max(each[run]["megabytes"] for run in ("from_nothing", "one_more")),
}
STEPS: dict[str, Line] = {
    told: lambda each, step=step: each["from_nothing"]["steps"][step] for step, told in _STEPS.items()
}


def draw(figures: Sequence[dict]) -> None:
    """Write the plot of the kept figures."""
    panels = [_panel("whole runs", WHOLE, figures, 0), _panel("steps from nothing, s", STEPS, figures, 1)]
    width, height = 2 * (_WIDTH + _LEFT + 90), _HEIGHT + 2 * _TOP + 20
    IMAGE.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="12">\n<rect width="{width}" height="{height}" fill="white"/>\n' + "\n".join(panels) + "\n</svg>\n",
        encoding="utf-8",
    )


def _panel(title: str, lines: dict[str, Line], figures: Sequence[dict], number: int) -> str:
    values = [max(line(each), 0.1) for line in lines.values() for each in figures]
    across = (log10(figures[0]["reports"]), ceil(log10(figures[-1]["reports"])))
    up = (floor(log10(min(values))), ceil(log10(max(values))))

    def x(reports: float) -> float:
        return _WIDTH * (log10(reports) - across[0]) / (across[1] - across[0])

    def y(value: float) -> float:
        return _HEIGHT * (up[1] - log10(max(value, 0.1))) / (up[1] - up[0])

    parts = [f'<text x="0" y="-15" font-weight="bold">{title}</text>']
    for power in range(up[0], up[1] + 1):
        parts.append(f'<path d="M0 {y(10**power):.0f}H{_WIDTH}" stroke="#dddddd"/>')
        parts.append(f'<text x="-8" y="{y(10**power) + 4:.0f}" text-anchor="end">{10.0**power:,g}</text>')
    for each in figures:
        reports = each["reports"]
        parts.append(f'<path d="M{x(reports):.0f} 0V{_HEIGHT}" stroke="#dddddd"/>')
        parts.append(f'<text x="{x(reports):.0f}" y="{_HEIGHT + 18}" text-anchor="middle">{reports:,}</text>')
    parts.append(f'<text x="{_WIDTH / 2}" y="{_HEIGHT + 36}" text-anchor="middle">reports of 61 events</text>')
    ends: list[float] = []
    for colour, (name, line) in sorted(
        zip(_COLOURS, lines.items(), strict=False), key=lambda one: y(one[1][1](figures[-1]))
    ):
        points = " ".join(f"{x(each['reports']):.1f},{y(line(each)):.1f}" for each in figures)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        # Names of lines that end together stand below each other.
        ends.append(max(y(line(figures[-1])) + 4, ends[-1] + 14 if ends else 0))
        parts.append(f'<text x="{_WIDTH + 6}" y="{ends[-1]:.0f}" fill="{colour}">{name}</text>')
    left = _LEFT + number * (_WIDTH + _LEFT + 90)
    return f'<g transform="translate({left} {_TOP})">\n' + "\n".join(parts) + "\n</g>"
