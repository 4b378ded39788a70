"""Coordinates written into a cell."""

import pytest

from orchestration.extraction.toponyms.coordinates import find_coordinates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("54.78, 32.05", (54.78, 32.05)),
        ("Парк (54,7818; 32,0401)", (54.7818, 32.0401)),
        ("координаты: 56.0200 29.9300", (56.02, 29.93)),
        ("55°47′12″ с.ш., 49°07′ в.д.", (55.786667, 49.116667)),
        ("широта 51.1280, долгота 71.4304", (51.128, 71.4304)),
        ("N 48.5133, E 132.2", None),
        ("12.02.2026, 13.02.2026", None),
        ("100.50, 200.75", None),
        ("г. Смоленск, д. 5", None),
        ("кабинеты 1.05, 1.06", None),
        ("начало 10.30, 12.00", None),
    ],
)
def test_coordinates(text: str, expected: tuple[float, float] | None) -> None:
    found = find_coordinates(text)
    assert (found and (found.latitude, found.longitude)) == expected
