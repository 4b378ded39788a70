"""One mention a partner, out of all the places where a row names it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from orchestration.extraction.language.text import fold
from orchestration.extraction.model import Column, PartnerMention
from orchestration.extraction.organisations.lexicon import seat_of
from orchestration.extraction.partners.names import partner_identity

COLUMN_ORDER = {Column.NAME: 0, Column.PLACE: 1, Column.DESCRIPTION: 2, Column.PARTICIPANTS: 3}
_WEAK_RULE = "organisation_reporting_municipality"
_INFERRED_RULES = {
    f"organisation_{rule}"
    for rule in (
        "reporting_municipality",
        "acronym",
        "acronym_letter",
        "side",
        "event_place",
        "neighbour",
        "counterpart",
        "guest",
    )
}
_BARE_ACRONYM = re.compile(r"[А-ЯЁ][А-ЯЁа-яё]{1,9}[А-ЯЁ]")
_NAMESAKE = re.compile(r"\b(?:им\.|имени)\s")
_FULL_WORD = re.compile(r"(?<![А-Яа-яЁё])(?:[А-ЯЁ]?[а-яё-]+)(?![А-Яа-яЁё])")
_LONGEST_NAME, _LONGEST_PART = 8, 6


def one_each(mentions: list[PartnerMention]) -> tuple[PartnerMention, ...]:
    """One mention a partner: where it stands first, with the surest seat and the fullest name of its mentions."""
    ordered = sorted(mentions, key=lambda m: (COLUMN_ORDER[m.evidence.column], m.evidence.start, m.evidence.end))
    kept: list[PartnerMention] = []
    positions: dict[tuple[str, str, str | None], int] = {}
    for mention in ordered:
        keys = _keys(mention)
        position = next((positions[key] for key in keys if key in positions), len(kept))
        if position == len(kept):
            kept.append(mention)
        elif mention.kind == "organisation":
            kept[position] = _joined(kept[position], mention)
        positions |= dict.fromkeys(keys, position)
    return _without_bare(_without_short(kept))


def _joined(first: PartnerMention, second: PartnerMention) -> PartnerMention:
    """The first mention with what the second one tells better."""
    is_fuller = _form(second.name) and not _form(first.name)
    name = second.name if is_fuller or fold(first.name) in fold(second.name) else first.name
    if second.evidence.confidence <= first.evidence.confidence:
        return replace(first, name=name)
    evidence = replace(first.evidence, rule=second.evidence.rule, confidence=second.evidence.confidence)
    return replace(second, name=name, mention=first.mention, evidence=evidence)


def _form(name: str) -> str | None:
    word = name.split(" ", 1)[0]
    return word if word.isupper() and seat_of(word) else None


def _keys(mention: PartnerMention) -> tuple[tuple[str, str, str | None], ...]:
    """What makes two mentions one partner; an organisation may be named with its town once and without it again."""
    if mention.kind != "organisation":
        return ((mention.kind, mention.identity, mention.country_code),)
    return (("organisation", mention.identity, None), ("organisation", partner_identity(mention.name), None))


def _without_short(kept: list[PartnerMention]) -> list[PartnerMention]:
    """Mentions that are no short form of the one full name of the row: «ПетрГУ», «ДМШ им. Г. Синисало»."""
    organisations = [mention for mention in kept if mention.kind == "organisation"]
    result = []
    for mention in kept:
        short = mention.kind == "organisation" and mention.evidence.rule in _INFERRED_RULES
        fuller = [m for m in organisations if m is not mention and _shortens(mention, m)] if short else []
        if len(fuller) != 1:
            result.append(mention)
    return result


def _shortens(short: PartnerMention, full: PartnerMention) -> bool:
    if _BARE_ACRONYM.fullmatch(short.name):
        return is_acronym_of(short.name, full.name)
    words = set(partner_identity(short.name).split())
    return words < set(full.identity.split()) and _NAMESAKE.search(short.name) is not None


@cache
def is_acronym_of(acronym: str, name: str) -> bool:
    """Whether capitals, or a place's beginning and capitals, are the initials of a name: «ПетрГУ», «УУНиТ»."""
    words = [fold(word) for word in _FULL_WORD.findall(name)][:_LONGEST_NAME]
    pattern = ""
    for count, word in enumerate(words, start=1):
        rest = word[1:_LONGEST_PART]
        pattern += "и?" if word == "и" else word[0].upper() + "".join(f"(?:{c}" for c in rest) + ")?" * len(rest)
        if count > 1 and re.fullmatch(pattern, acronym.replace("ё", "е")):
            return True
    return False


def _stands_after(full: PartnerMention, bare: PartnerMention) -> bool:
    """Whether a cell names the full name only later: the bare one before it is another, of one's own town."""
    return full.evidence.column == bare.evidence.column and full.evidence.start > bare.evidence.start


def _without_bare(kept: list[PartnerMention]) -> tuple[PartnerMention, ...]:
    """Mentions that leave out the town of the one organisation of that name («СОШ № 6» of «СОШ № 6 г. Черняховска»)."""
    full: dict[str, list[int]] = {}
    for position, mention in enumerate(kept):
        if mention.kind == "organisation" and mention.settlement and mention.evidence.rule != _WEAK_RULE:
            place = set(partner_identity(mention.settlement).split())
            words = partner_identity(mention.name).split()
            bare = " ".join(word for word in words if word not in place)
            if len(bare.split()) < len(words):
                full.setdefault(bare, []).append(position)
    left_out: set[int] = set()
    for position, mention in enumerate(kept):
        if mention.kind != "organisation" or mention.evidence.rule != _WEAK_RULE:
            continue
        fuller = full.get(partner_identity(mention.name), [])
        form = _form(mention.name)
        is_russian = form is not None and (seat_of(form) or (None, ""))[0] == "RU"
        fuller = [at for at in fuller if not is_russian or kept[at].country_code == "RU"]
        fuller = [at for at in fuller if not _stands_after(kept[at], mention)]
        if len(fuller) == 1:
            left_out.add(max(position, fuller[0]))
            if position < fuller[0]:
                name, evidence = kept[fuller[0]].name, replace(mention.evidence, rule=kept[fuller[0]].evidence.rule)
                kept[position] = replace(kept[fuller[0]], name=name, mention=mention.mention, evidence=evidence)
    return tuple(mention for position, mention in enumerate(kept) if position not in left_out)
