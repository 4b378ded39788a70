"""Builds ``outlines.json``, the outlines of countries on the map, from Natural Earth as npm's world-atlas has it.

``python -m orchestration.dashboard.build_outlines countries-50m.json`` thins the arcs of that TopoJSON out to what a
map of a continent shows and names the countries by ISO 3166-1 alpha-2.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from babel import Locale

OUTLINES = Path(__file__).with_name("outlines.json")

_TOLERANCE = 0.05
_STEP = 0.02
_LEFT_OUT = {"Antarctica"}
_SHORTENED = {
    "Bosnia and Herz.": "BA",
    "Czechia": "CZ",
    "Hong Kong": "HK",
    "Macao": "MO",
    "Macedonia": "MK",
    "Myanmar": "MM",
    "Palestine": "PS",
    "Turkey": "TR",
    "Dem. Rep. Congo": "CD",
    "Congo": "CG",
    "Dominican Rep.": "DO",
    "Central African Rep.": "CF",
    "Eq. Guinea": "GQ",
    "S. Sudan": "SS",
    "United States of America": "US",
    "W. Sahara": "EH",
    "Côte d'Ivoire": "CI",
    "eSwatini": "SZ",
    "Solomon Is.": "SB",
    "Cabo Verde": "CV",
    "Trinidad and Tobago": "TT",
    "Antigua and Barb.": "AG",
    "São Tomé and Principe": "ST",
}

Point = tuple[float, float]


def build(atlas: dict) -> dict:
    """The atlas with thinned arcs on a grid of ``_STEP`` degrees and countries ``{code: polygons}`` of arc numbers."""
    codes = {name: code for code, name in Locale("en").territories.items() if len(code) == 2} | _SHORTENED
    (step_x, step_y), (left, bottom) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = [thin_out([(x * step_x + left, y * step_y + bottom) for x, y in absolute(arc)]) for arc in atlas["arcs"]]
    countries: dict[str, list] = {}
    for geometry in atlas["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        if name not in _LEFT_OUT:
            polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
            countries.setdefault(codes.get(name, name), []).extend(polygons)
    return {
        "source": "Natural Earth 4.1, 1:50m (public domain), by world-atlas 2.0.2 (ISC)",
        "step": _STEP,
        "arcs": [relative([(round(x / _STEP), round(y / _STEP)) for x, y in arc]) for arc in arcs],
        "countries": dict(sorted(countries.items())),
    }


def absolute(arc: list[list[int]]) -> list[tuple[int, int]]:
    """Points of an arc given as steps from one to the next, two numbers a point."""
    x = y = 0
    return [(x := x + step[0], y := y + step[1]) for step in arc]


def relative(points: list[tuple[int, int]]) -> list[int]:
    """Steps from point to point as one flat list; points that fall together are told once."""
    steps: list[int] = []
    x = y = None
    for point in points:
        if x is None:
            steps += point
        elif point != (x, y):
            steps += (point[0] - x, point[1] - y)
        x, y = point
    return steps


def thin_out(points: list[Point]) -> list[Point]:
    """Douglas and Peucker: the points without those within ``_TOLERANCE`` degrees of the line through the others."""
    kept = {0, len(points) - 1}
    ranges = [(0, len(points) - 1)]
    while ranges:
        first, last = ranges.pop()
        (x1, y1), (x2, y2) = points[first], points[last]
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5

        def distance(
            index: int, x1: float = x1, y1: float = y1, x2: float = x2, y2: float = y2, length: float = length
        ) -> float:
            x, y = points[index]
            if length == 0:
                return ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
            return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length

        farthest = max(range(first + 1, last), key=distance, default=None)
        if farthest is not None and distance(farthest) > _TOLERANCE:
            kept.add(farthest)
            ranges += [(first, farthest), (farthest, last)]
    return [points[index] for index in sorted(kept)]


if __name__ == "__main__":
    outlines = build(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    OUTLINES.write_text(json.dumps(outlines, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
