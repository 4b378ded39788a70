"""Templates of pages and report: everything that is put into them is escaped, counts and days are told in Russian."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from orchestration.dashboard import wording, world


@cache
def templates() -> Environment:
    """The environment of all templates; text with control characters is shown without them."""
    environment = Environment(
        loader=PackageLoader("orchestration.dashboard"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters |= {
        "number": wording.number,
        "signed": wording.signed,
        "quarter": wording.quarter,
        "short_quarter": wording.short_quarter,
        "day": wording.day,
        "short_day": wording.short_day,
        "shorten": wording.shorten,
        "listed": wording.listed,
        "capitalised": lambda text: text[:1].upper() + text[1:],
    }
    environment.globals |= {
        "counted": wording.counted,
        "noun": wording.noun,
        "span_of_days": wording.span_of_days,
        "years": wording.years,
        "frame": (world.WIDTH, world.HEIGHT),
    }
    return environment


def _shown(value: object) -> object:
    if value is None:
        return ""
    return wording.visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def render(template: str, **context: object) -> str:
    """The template filled in."""
    return templates().get_template(template).render(context)
