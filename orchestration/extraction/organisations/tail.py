"""What belongs to an organisation's name after its head noun: quoted name, number, namesake, place, field of work."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.extraction.organisations.acronyms import is_academy, is_university, may_be_university
from orchestration.extraction.organisations.lexicon import (
    Noun,
    adjective_lemmas,
    adjective_readings,
    is_genitive_adjective,
    is_genitive_name,
    is_person,
    is_place_adjective,
    lemmas_of,
    noun_of,
    noun_readings,
    seat_of,
    words_of,
)
from orchestration.extraction.organisations.tokens import ACRONYM, Token, is_place_word, starts_with_noun
from orchestration.extraction.toponyms.gazetteer_index import find_country, find_settlements

_LATIN_NAME = re.compile(r"[A-Z][A-Za-zÀ-ž&-]+")
_LIMITED = ("с", "ограниченной", "ответственностью")
_NAMESAKE_WORDS = frozenset(("им", "имени", "памяти"))
_PREPOSITIONS = frozenset(("из", "от", "у", "до", "без", "под", "над"))
_SHORT_TITLES = frozenset(("ак", "арх", "комп", "прп", "сщмч", "акад", "проф", "ген", "св", "адм", "кн", "засл", "нар"))
_MUNICIPALITY_FORMS = frozenset(("МО", "ГО", "МР", "СП", "ГП", "МОГО"))
_MISSIONS = frozenset(("посольство", "консульство", "генконсульство", "представительство", "торгпредство"))
_GROUP = ("группа", "компания")
SOCIETIES = frozenset(("общество", "союз", "федерация", "профсоюз"))
_NAMED_AFTER = frozenset(
    ("институт", "университет", "академия", "музей", "театр", "галерея", "библиотека", "филармония")
)
_ABSTRACT = ("ство", "ение", "ание", "ика", "логия", "графия", "ция", "тура")


@dataclass
class Tail:
    """What follows a head noun: index after it and the signs by which it names the organisation."""

    end: int
    quoted: int | None = None
    is_numbered: bool = False
    is_namesake: bool = False
    is_placed: bool = False
    words: tuple[str, ...] = ()
    is_by_field: bool = False
    is_mission: bool = False
    place: str = ""

    @property
    def is_name(self) -> bool:
        """Whether the tail alone makes a name of the head noun."""
        return self.quoted is not None or self.is_numbered or self.is_namesake


def read_tail(tokens: list[Token], index: int, noun: Noun | None, *, is_mission: bool = False) -> Tail:
    """Reads what belongs to the name after its head noun (``noun``) or from its quoted name on (None).

    A mission («посольство», «Русский дом») is named with the town where it sits: «… в Ханое».
    """
    tail = Tail(index, is_mission=is_mission or (noun is not None and noun.noun in _MISSIONS))
    if noun is None and index < len(tokens) and tokens[index].kind == "quote":
        tail.quoted = index
        tail.end = index + 1
    while tail.end < len(tokens):
        step = _tail_step(tokens, tail, noun)
        if not step:
            return tail
        tail.end += step
    return tail


def _tail_step(tokens: list[Token], tail: Tail, noun: Noun | None) -> int:
    """How many tokens more belong to the tail (0: none)."""
    token = tokens[tail.end]
    following = tokens[tail.end + 1] if tail.end + 1 < len(tokens) else None
    if token.kind == "quote":
        is_second_name = tail.quoted == tail.end - 1 and starts_with_noun(token.text)
        if not is_second_name and (tail.quoted is not None or noun is None):
            return 0
        tail.quoted = tail.end if tail.quoted is None else tail.quoted
        return 1
    if token.kind == "number":
        tail.is_numbered = True
        return 1
    if noun is not None and noun.naming == "quoted" and _LATIN_NAME.fullmatch(token.text):
        tail.is_namesake = True
        return 1
    if token.text.lower().rstrip(".") in _NAMESAKE_WORDS and following:
        return _namesake(tokens, tail)
    if is_place_word(token.text) and following and following.text[0].isupper():
        more = _more_capitals(tokens, tail.end + 1)
        tail.is_placed = True
        tail.place = " ".join(word.text for word in tokens[tail.end + 1 : tail.end + 2 + more])
        return 2 + more
    if token.kind == "initials":
        tail.is_namesake = following is not None and not tail.is_placed and noun is not None
        return 2 if tail.is_namesake else 0
    if token.text == "(" and noun is not None and noun.noun in words_of("part_of_university"):
        branch = [word.text for word in tokens[tail.end : tail.end + 4]]
        is_branch = branch[1:3] == ["филиал", ")"] and len(branch) == 4
        return 4 if is_branch and (is_university(branch[3]) or may_be_university(branch[3])) else 0
    if token.text == "," and noun is not None and noun.naming in ("institution", "body"):
        return _listed_fields(tokens, tail, noun) if tail.words and not tail.quoted and not tail.is_placed else 0
    if token.kind != "word" or not token.text[0].isalpha():
        return 0
    if token.text[0].isupper():
        return _capital_step(tokens, tail, noun)
    if noun is None or tail.quoted is not None:
        return 0
    return _common_step(tokens, tail, noun)


def town_of_branch(tokens: list[Token], index: int) -> int:
    """Index after «в г. Новозыбкове», which is the branch's own place; ``index`` where there is none."""
    words = tokens[index : index + 3]
    if len(words) < 3 or words[0].text != "в" or not is_place_word(words[1].text) or not words[2].text[0].isupper():
        return index
    return index + 3 + _more_capitals(tokens, index + 2)


def _namesake(tokens: list[Token], tail: Tail) -> int:
    """«имени дважды Героя Советского Союза Е.А. Иванова», «им. 50-летия Октября»."""
    at = tail.end + 1
    while at < len(tokens):
        token = tokens[at]
        if token.text.lower() in _SHORT_TITLES and at + 1 < len(tokens) and tokens[at + 1].text == ".":
            at += 2
            continue
        is_title = len(token.text) > 3 and lemmas_of(token.text) & words_of("namesake")
        is_name = token.kind == "word" and (token.text[0].isupper() or token.text[0].isdigit())
        if not (token.kind == "initials" or (token.kind == "word" and is_title) or is_name):
            break
        if ACRONYM.fullmatch(token.text) or (at > tail.end + 1 and noun_of(token.text) and not is_title):
            break
        at += 1
    tail.is_namesake = at > tail.end + 1
    return at - tail.end if tail.is_namesake else 0


def _capital_step(tokens: list[Token], tail: Tail, noun: Noun | None) -> int:
    """A capitalised word: a country, an area, the authority above, or a bare toponym."""
    token = tokens[tail.end]
    following = tokens[tail.end + 1] if tail.end + 1 < len(tokens) else None
    is_body = noun is not None and noun.naming == "body"
    if token.text in _MUNICIPALITY_FORMS and following and is_body:
        return _municipality_step(tokens, tail)
    if ACRONYM.fullmatch(token.text):
        return _acronym_step(tokens, tail, noun)
    if is_genitive_adjective(token.text):
        return _capital_adjective_step(tokens, tail, noun)
    if inner := noun_of(token.text):
        if tail.quoted is not None or noun is None or not _nests(noun, inner):
            return 0
        tail.words += (inner.noun,)
        return 1
    if _is_namesake(token, following, tail, noun):
        tail.is_namesake = True
        return 1
    if tail.is_placed or is_person(token.text) or not is_genitive_name(token.text, is_toponym=noun is None):
        return 0
    tail.is_placed = True
    return 1 + _more_capitals(tokens, tail.end)


def _municipality_step(tokens: list[Token], tail: Tail) -> int:
    """«МО «Город Гагарин»», «МР Бурзянский район», «ГО г. Стерлитамак», «МО Салават» after an authority."""
    at = tail.end + 1
    tail.is_placed = True
    if tokens[at].kind == "quote":
        tail.quoted = at
        return 2
    if is_place_word(tokens[at].text):
        at += 1
    tail.is_placed = at < len(tokens) and tokens[at].text[0].isupper()
    if not tail.is_placed:
        return 0
    is_area = at + 1 < len(tokens) and is_place_word(tokens[at + 1].text)
    return at + 1 + (is_area or _more_capitals(tokens, at)) - tail.end


def _is_namesake(token: Token, following: Token | None, tail: Tail, noun: Noun | None) -> bool:
    """«Институт Конфуция»: a person right after a noun of a house that bears one's name."""
    if noun is None or noun.noun not in _NAMED_AFTER or tail.is_name or tail.is_placed or not is_person(token.text):
        return False
    is_full_name = following is not None and following.kind in ("word", "initials") and following.text[0].isupper()
    is_acronym = is_full_name and following is not None and following.text.isupper() and following.kind == "word"
    return "gent" in {reading.case for reading in noun_readings(token.text)} and (is_acronym or not is_full_name)


def _acronym_step(tokens: list[Token], tail: Tail, noun: Noun | None) -> int:
    """A country («КНР»), an academy or ministry above («РАН»), a legal form with the name of what is above."""
    token = tokens[tail.end]
    following = tokens[tail.end + 1] if tail.end + 1 < len(tokens) else None
    if find_country(token.text) is not None or token.text.lower() in words_of("region"):
        tail.is_placed = True
        return 1
    if noun is None:
        return 0
    if noun.noun == "отделение" and seat_of(token.text) is None:
        tail.is_namesake = True
        return 1
    if noun.noun == "организация" and (society := noun_of(token.text)) and society.naming == "unique":
        tail.is_namesake = True
        return 1
    is_part = noun.naming in ("body", "branch") or noun.noun == "организация"
    if is_part and following and following.kind == "quote" and seat_of(token.text):
        tail.quoted = tail.end + 1
        return 2
    is_owner = token.text.lower() in words_of("owner") or is_academy(token.text)
    if is_owner and noun.naming in ("institution", "branch", "unique", "body"):
        tail.is_namesake = True
        return 1
    if noun.noun not in words_of("part_of_university"):
        return 0
    for length, word in enumerate((token, following), start=1):
        if word is not None and (is_university(word.text) or may_be_university(word.text)):
            tail.is_namesake = True
            return length
    return 0


def _nests(noun: Noun, inner: Noun) -> bool:
    """Whether an organisation of the second kind may stand in the name of the first: its owner, authority or form."""
    if noun.naming == "form" or (noun.noun == "организация" and inner.noun in SOCIETIES):
        return True
    if (noun.noun in words_of("part") and inner.naming == "institution") or (noun.noun, inner.noun) == _GROUP:
        return True
    return noun.naming in ("body", "branch") and inner.naming in ("body", "proper") and inner.noun != noun.noun


def _capital_adjective_step(tokens: list[Token], tail: Tail, noun: Noun | None) -> int:
    """«Московского района», «Российской Федерации», «Оршанского районного Совета» above a department."""
    at = tail.end + 1
    while at < len(tokens) and tokens[at].kind == "word" and is_genitive_adjective(tokens[at].text):
        at += 1
    if at >= len(tokens):
        return 0
    if is_place_word(tokens[at].text) or tokens[at].text == "Федерации":
        tail.is_placed = True
        return at + 1 - tail.end
    if noun and noun.naming == "institution" and lemmas_of(tokens[at].text) & words_of("memorial"):
        tail.words += ("memorial",)
        return at + 1 - tail.end
    inner = noun_of(tokens[at].text)
    is_pair = at == tail.end + 1 and noun is not None and noun.naming == "body" and not tail.is_placed
    if inner is None and is_pair and find_settlements(f"{tokens[tail.end].text} {tokens[at].text}"):
        tail.is_placed = True
        return 2
    if inner is None and noun and noun.naming in ("institution", "unique") and not tail.is_placed:
        is_name = tokens[at].kind == "word" and tokens[at].text[0].isupper() and not is_person(tokens[at].text)
        if is_name and not tokens[at].text.isupper() and is_genitive_name(tokens[at].text, is_toponym=False):
            tail.is_placed = True
            return at + 1 - tail.end
    if inner and noun and (_nests(noun, inner) or (noun.naming == "body" and inner.naming == "form")):
        tail.is_placed = any(is_place_adjective(word.text) for word in tokens[tail.end : at])
        tail.words += (inner.noun,)
        return at + 1 - tail.end
    return 0


def _common_step(tokens: list[Token], tail: Tail, noun: Noun) -> int:
    """Lower-case words: the field of work in the genitive, «по делам молодежи», «муниципального образования»."""
    token = tokens[tail.end]
    at = tail.end
    if token.text == "в" and (tail.is_mission or _MISSIONS & set(tail.words)) and at + 1 < len(tokens):
        tail.is_placed = True
        return 1 if is_place_word(tokens[at + 1].text) else 2 * tokens[at + 1].text[0].isupper()
    if token.text == "при":
        return _attached(tokens, tail)
    if tuple(word.text for word in tokens[at : at + len(_LIMITED)]) == _LIMITED:
        return len(_LIMITED)
    if tail.is_placed or (token.text != "и" and len(token.text) < 2):
        return 0
    if (token.text == "по" and noun.naming in ("body", "unique")) or (token.text == "и" and tail.words):
        at += 1 + (token.text == "и" and at + 1 < len(tokens) and tokens[at + 1].text == "по")
        tail.is_by_field = tail.is_by_field or tokens[at - 1].text == "по"
    elif token.text in ("и", "по"):
        return 0
    at = _after_adjectives(tokens, at)
    if at >= len(tokens) or tokens[at].kind != "word" or tokens[at].text[0].isupper():
        return 0
    if tokens[at].text == "образования" and tokens[at - 1].text == "муниципального":
        tail.is_placed = True
        if at + 1 < len(tokens) and tokens[at + 1].kind == "quote":
            at += 1
            tail.quoted = at
        return at + 1 - tail.end
    if (above := noun_of(tokens[at].text)) and token.text not in ("и", "по") and _nests(noun, above):
        tail.words += (above.noun,)
        return at + 1 - tail.end
    if not _is_field(tokens[at].text, token.text, noun, by_field=tail.is_by_field):
        return 0
    tail.words += tuple(sorted(lemmas_of(tokens[at].text)))
    for adjective in tokens[tail.end : at]:
        tail.words += tuple(sorted(adjective_lemmas(adjective.text)))
    return at + 1 - tail.end


def _attached(tokens: list[Token], tail: Tail) -> int:
    """«при Гомельском городском Совете депутатов», «при администрации г. Лиды»: the authority that it works under."""
    at = tail.end + 1
    is_placed = False
    while at < len(tokens) and tokens[at].kind == "word" and adjective_readings(tokens[at].text.split("-на-")[0]):
        is_placed = is_placed or is_place_adjective(tokens[at].text.split("-на-")[0])
        at += 1
    above = noun_of(tokens[at].text) if at < len(tokens) else None
    if above is None:
        return 0
    tail.words += ("при",)
    inner = read_tail(tokens, at + 1, above)
    tail.is_placed = tail.is_placed or is_placed or inner.is_placed
    return inner.end - tail.end


def _after_adjectives(tokens: list[Token], at: int) -> int:
    """Index after adjectives, those joined by «и» or a comma too: «по международным и внешним связям»."""
    while at < len(tokens) and tokens[at].kind == "word" and adjective_readings(tokens[at].text):
        at += 1
        is_joined = at + 1 < len(tokens) and tokens[at].text in ("и", ",")
        if is_joined and adjective_readings(tokens[at + 1].text) and tokens[at + 1].text[0].islower():
            at += 1
    return at


def _listed_fields(tokens: list[Token], tail: Tail, noun: Noun) -> int:
    """«, животноводства и биотехнологий»: further fields up to the last, which «и» must join."""
    at, words = tail.end, []
    while at < len(tokens) and tokens[at].text in (",", "и"):
        is_last = tokens[at].text == "и"
        link = "по" if at + 1 < len(tokens) and tokens[at + 1].text == "по" else ""
        at = _after_adjectives(tokens, at + 1 + bool(link))
        is_common = at < len(tokens) and tokens[at].kind == "word" and tokens[at].text[0].islower()
        if not is_common or not _is_field(tokens[at].text, link, noun, by_field=tail.is_by_field):
            return 0
        words += sorted(lemmas_of(tokens[at].text))
        at += 1
        if is_last:
            tail.words += tuple(words)
            return at - tail.end
    return 0


def _is_field(word: str, link: str, noun: Noun, *, by_field: bool = False) -> bool:
    """Whether a lower-case noun names the organisation's field («культуры», «депутатов») rather than other people."""
    lemmas = lemmas_of(word)
    if lemmas & words_of("domain") or (noun.naming == "branch" and "партия" in lemmas):
        is_field = True
    else:
        is_joined = link == "и" and not any(lemma.endswith(_ABSTRACT) for lemma in lemmas)
        is_field = not (is_joined or lemmas & words_of("stop") or noun_of(word) or is_person(word))
    cases = {reading.case for reading in noun_readings(word)} - ({"gent"} if word in _PREPOSITIONS else set())
    return is_field and (link == "по" or "gent" in cases or (by_field and "datv" in cases))


def _more_capitals(tokens: list[Token], at: int) -> int:
    """Further words of a toponym that starts at ``at``: «Великие Луки», «Нижний Новгород», «Республики Беларусь»."""
    first = tokens[at].text
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or following.kind != "word" or not following.text[0].isupper():
        return 0
    if is_place_word(following.text) or noun_of(following.text) or ACRONYM.fullmatch(following.text):
        return 0
    is_before_area = at + 2 < len(tokens) and is_place_word(tokens[at + 2].text)
    # «Гродно» is no adjective, «Нижнего» is one.
    is_adjective = adjective_readings(first) and (not first.endswith("о") or first.endswith(("ого", "его")))
    return int(bool(is_adjective or len(first) <= 4) and not is_before_area and not find_country(following.text))
