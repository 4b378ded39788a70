"""The map holds every place in its frame, wherever places are."""

from __future__ import annotations

import pytest

from orchestration.dashboard import world


def way(latitude: float, longitude: float, place: str = "Место", events: int = 1) -> dict:
    return {
        "municipality": "Псков", "from_latitude": 57.8, "from_longitude": 28.3, "latitude": latitude,
        "longitude": longitude, "country_code": "XX", "place": place, "partners": [place], "events": events,
        "place_key": f"{latitude};{longitude}",
    }  # fmt: skip


@pytest.mark.parametrize(
    "places",
    [
        [],
        [(57.8, 28.3)],
        [(58.4, 26.7), (53.9, 27.6)],
        [(39.9, 116.4), (23.1, -82.4)],
        [(-33.9, 18.4), (-34.6, -58.4), (35.7, 139.7)],
        [(64.7, 177.5), (66.2, -169.8)],
    ],
    ids=["none", "at home", "near by", "far", "all around", "over the date line"],
)
def test_every_place_is_in_the_frame(places):
    drawn = world.draw([way(*place, place=f"М{number}") for number, place in enumerate(places)])
    assert len(drawn.spots) == len(places)
    for spot in drawn.spots:
        assert 0 <= spot.x <= world.WIDTH and 0 <= spot.y <= world.HEIGHT
    assert drawn.countries


def test_names_do_not_cover_one_another():
    drawn = world.draw([way(53.9 + step / 100, 27.6, f"Длинное название {step}", 30 - step) for step in range(30)])
    named = [spot for spot in drawn.spots if spot.label]
    assert 0 < len(named) < 30
    assert all(
        abs(one.label_y - two.label_y) >= 15
        for one in named
        for two in named
        if one is not two and one.anchor == two.anchor
    )


def test_ways_of_two_municipalities_to_one_place_are_one_spot():
    ways = [way(53.9, 27.6, "Минск", 2), way(53.9, 27.6, "Минск", 3) | {"municipality": "Печоры"}]
    [spot] = world.draw(ways).spots
    assert spot.row["events"] == 5


@pytest.mark.parametrize("name", ["outlines"])
def test_outlines_know_the_neighbours(name):
    shapes = {shape.code for shape in world.draw([way(53.9, 27.6)]).countries}
    assert {"RU", "BY", "EE"} <= shapes
