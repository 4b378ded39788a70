"""The map: outlines of countries, arcs from municipalities to the places of their partners, as shapes for an SVG."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from orchestration.dashboard.build_outlines import OUTLINES
from orchestration.dashboard.warehouse import Row
from orchestration.dashboard.wording import shorten

WIDTH, HEIGHT = 1000, 620

_MARGIN = 70
_LEAST_SPAN = 0.07
_HORIZON = math.radians(105)
_LABELS_SHOWN = 22
_LABEL_HEIGHT = 15
_CHARACTER_WIDTH = 6.8
_PHONE_FACTOR = 1.9

Position = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A country: SVG path and ISO code."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map; ``label`` is set where its name finds room, ``is_major`` where it does on a phone too."""

    x: float
    y: float
    radius: float
    row: Row
    label: str = ""
    label_x: float = 0
    label_y: float = 0
    anchor: str = "start"
    is_major: bool = False


@dataclass(frozen=True, slots=True)
class Map:
    """Everything to draw, in units of ``WIDTH`` × ``HEIGHT``."""

    countries: list[Shape]
    arcs: list[tuple[str, float, Row]]
    homes: list[tuple[float, float, str]]
    spots: list[Spot]


@dataclass(frozen=True, slots=True)
class Projection:
    """Lambert's azimuthal equal-area projection about a centre, scaled and moved into the frame."""

    latitude: float
    longitude: float
    scale: float = 1
    left: float = 0
    top: float = 0

    def plane(self, longitude: float, latitude: float) -> Position | None:
        """Place on the plane in radii of the globe; None behind the horizon."""
        here, there = math.radians(self.latitude), math.radians(latitude)
        turn = math.radians(longitude - self.longitude)
        cosine = math.sin(here) * math.sin(there) + math.cos(here) * math.cos(there) * math.cos(turn)
        if cosine < math.cos(_HORIZON):
            return None
        factor = math.sqrt(2 / (1 + cosine))
        x = factor * math.cos(there) * math.sin(turn)
        y = factor * (math.cos(here) * math.sin(there) - math.sin(here) * math.cos(there) * math.cos(turn))
        return x, -y

    def point(self, longitude: float, latitude: float) -> Position | None:
        """Place in the frame."""
        place = self.plane(longitude, latitude)
        return place and (place[0] * self.scale + self.left, place[1] * self.scale + self.top)


def draw(ways: Sequence[Row]) -> Map:
    """The map of ``queries.arcs``, cut to what they span."""
    homes = {(way["from_longitude"], way["from_latitude"]): way["municipality"] for way in ways}
    places = {(way["longitude"], way["latitude"]) for way in ways}
    projection = _projection([*homes, *places])
    arcs = []
    for way in ways:
        start = projection.point(way["from_longitude"], way["from_latitude"])
        end = projection.point(way["longitude"], way["latitude"])
        if start and end and math.dist(start, end) > 2:
            arcs.append((_arc(start, end), min(0.8 + 0.35 * way["events"], 3), way))
    return Map(
        countries=_countries(projection),
        arcs=arcs,
        homes=[(*point, name) for place, name in sorted(homes.items()) if (point := projection.point(*place))],
        spots=_labelled(_spots(ways, projection), [point for place in homes if (point := projection.point(*place))]),
    )


def _projection(places: Sequence[Position]) -> Projection:
    """The projection that shows all places as large as the frame allows."""
    longitudes = [place[0] for place in places] or [40]
    latitudes = [place[1] for place in places] or [55]
    centre = Projection((min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2)
    plane = [point for place in places if (point := centre.plane(*place))] or [(0.0, 0.0)]
    left, right = min(x for x, _ in plane), max(x for x, _ in plane)
    top, bottom = min(y for _, y in plane), max(y for _, y in plane)
    scale = min(
        (WIDTH - 2 * _MARGIN) / max(right - left, _LEAST_SPAN), (HEIGHT - 2 * _MARGIN) / max(bottom - top, _LEAST_SPAN)
    )
    return Projection(
        centre.latitude,
        centre.longitude,
        scale,
        WIDTH / 2 - (left + right) / 2 * scale,
        HEIGHT / 2 - (top + bottom) / 2 * scale,
    )


def _arc(start: Position, end: Position) -> str:
    """A curve that bends upwards by a sixth of its length."""
    middle_x, middle_y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    bend = math.dist(start, end) / 6
    return f"M{start[0]:.1f} {start[1]:.1f}Q{middle_x:.1f} {middle_y - bend:.1f} {end[0]:.1f} {end[1]:.1f}"


def _spots(ways: Iterable[Row], projection: Projection) -> list[Spot]:
    """Partners' places, those with most events first; ways of several municipalities to one place are one spot."""
    by_place: dict[Position, list[Row]] = {}
    for way in ways:
        by_place.setdefault((way["longitude"], way["latitude"]), []).append(way)
    spots = []
    for place, there in by_place.items():
        events = sum(way["events"] for way in there)
        if point := projection.point(*place):
            row = {
                "place": min((way["place"] for way in there), key=len),
                "country_code": there[0]["country_code"],
                "events": events,
                "partners": sorted({name for way in there for name in way["partners"]}),
                "place_key": there[0]["place_key"],
            }
            spots.append(Spot(*point, 2.5 + 1.3 * math.sqrt(events), row))
    return sorted(spots, key=lambda spot: (-spot.row["events"], spot.row["place"]))


def _labelled(spots: Sequence[Spot], homes: Sequence[Position]) -> list[Spot]:
    """The spots, the greatest with their names where these cover neither another name nor a spot."""
    taken = [(x - 5, y - 5, x + 5, y + 5) for x, y in homes]
    taken += [
        (spot.x - spot.radius, spot.y - spot.radius, spot.x + spot.radius, spot.y + spot.radius) for spot in spots
    ]
    taken_on_phone: list[Box] = []
    result, shown = [], 0
    for spot in spots:
        text = shorten(spot.row["place"], 28)
        room = spot.radius + 3
        slant = 0.7 * room + _LABEL_HEIGHT / 3
        for anchor, x, y in (
            ("start", spot.x + room, spot.y),
            ("end", spot.x - room, spot.y),
            ("middle", spot.x, spot.y - room - _LABEL_HEIGHT / 2),
            ("middle", spot.x, spot.y + room + _LABEL_HEIGHT / 2),
            ("start", spot.x + slant, spot.y - slant),
            ("start", spot.x + slant, spot.y + slant),
            ("end", spot.x - slant, spot.y - slant),
            ("end", spot.x - slant, spot.y + slant),
        ):
            box = _label_box(x, y, text, anchor)
            if shown == _LABELS_SHOWN or any(_overlap(box, other) for other in taken) or not _is_within(box):
                continue
            on_phone = _label_box(x, y, text, anchor, _PHONE_FACTOR)
            is_major = _is_within(on_phone) and not any(_overlap(on_phone, other) for other in taken_on_phone)
            taken_on_phone += [on_phone] if is_major else []
            taken.append(box)
            shown += 1
            spot = replace(spot, label=text, label_x=x, label_y=y, anchor=anchor, is_major=is_major)
            break
        result.append(spot)
    return result


def _label_box(x: float, y: float, text: str, anchor: str, factor: float = 1) -> Box:
    width, height = len(text) * _CHARACTER_WIDTH * factor, _LABEL_HEIGHT * factor
    left = x - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
    return left, y - height / 2, left + width, y + height / 2


def _is_within(box: Box) -> bool:
    return box[0] > 4 and box[2] < WIDTH - 4


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _countries(projection: Projection) -> list[Shape]:
    """Outlines within the frame, without the detail that a pixel hides."""
    shapes = []
    for code, rings in _outlines().items():
        parts = []
        for ring in rings:
            points = [point for place in ring if (point := projection.point(*place))]
            if len(points) < 3 or not _touches_frame(points):
                continue
            corners = _thinned(points)
            if len(corners) > 2:
                parts.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in corners) + "Z")
        if parts:
            shapes.append(Shape(code, "".join(parts)))
    return shapes


def _thinned(points: Sequence[Position]) -> list[Position]:
    """Points at least a unit apart, drawn to the frame's surroundings so that far ones do not matter."""
    result: list[Position] = []
    for x, y in points:
        point = (min(max(x, -WIDTH), 2 * WIDTH), min(max(y, -HEIGHT), 2 * HEIGHT))
        if not result or math.dist(result[-1], point) >= 1:
            result.append(point)
    return result


def _touches_frame(points: Sequence[Position]) -> bool:
    return (
        min(x for x, _ in points) < WIDTH
        and max(x for x, _ in points) > 0
        and min(y for _, y in points) < HEIGHT
        and max(y for _, y in points) > 0
    )


@cache
def _outlines() -> dict[str, list[list[Position]]]:
    """Outer rings by country, (longitude, latitude) in degrees."""
    atlas = json.loads(OUTLINES.read_text(encoding="utf-8"))
    step = atlas["step"]
    arcs = []
    for steps in atlas["arcs"]:
        x = y = 0
        points = []
        for index in range(0, len(steps), 2):
            x, y = x + steps[index], y + steps[index + 1]
            points.append((x * step, y * step))
        arcs.append(points)
    return {
        code: [
            [point for arc in polygon[0] for point in (arcs[arc] if arc >= 0 else reversed(arcs[~arc]))]
            for polygon in polygons
        ]
        for code, polygons in atlas["countries"].items()
    }
