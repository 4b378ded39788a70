"""Words the label of a counted group of participants."""

from __future__ import annotations

import re

from orchestration.extraction.language.morphology import in_case_of, nominative, parses
from orchestration.extraction.language.text import fold
from orchestration.extraction.participants import wording
from orchestration.extraction.participants.headcounts import abbreviations
from orchestration.extraction.participants.layout import is_collective, is_people_word

_IN_PERSON = re.compile(r"очно|офлайн|оффлайн|в зале|на площадке|вживую|лично|в очном|(?:в|на)\s\w+\sофлайн")
_TOPONYM_TYPE = re.compile(r"(?:г|с|д|п|пос|пгт|гп|дер|аг|х|ст|р|м|г\.?\s?о|г\.?\s?п)\.\s?[А-ЯЁ]")
_REPRESENTING = re.compile(r"представля\w+\s", re.IGNORECASE)
_PLURALS = {"учители": "учителя"}
_VERB = re.compile(
    r"\s(?:участвова\w+|присутствова\w+|приня\w+ участие|подключи\w+|были|состави\w+|насчитыва\w+|прибыл\w*)$"
)
_GENERIC_HEAD = re.compile(r"(?:человек\w*|чел\b\.?)\s?|(?=(?:из|от|с)\s)", re.IGNORECASE)


def head_of(label: str) -> str:
    """The leading people words of a label, with the preposition after them."""
    words = label.split()
    origin = next((index for index, word in enumerate(words[:6]) if word in ("из", "от")), 0)
    if origin and not any(word[0] in '«"(' or word[0].isupper() for word in words[1:origin]):
        return " ".join(words[: origin + 1])
    length = 0
    for index, word in enumerate(words):
        folded = fold(word.strip(","))
        if is_people_word(folded) or is_collective(folded):
            length = index + 1
        elif index > length + 1 or word[0] in '«"(' or (word[0].isupper() and index):
            break
    return " ".join(words[:length])


def worded(label: str, follows_number: bool) -> str:
    """The label as a name of the group: capitalised, in the nominative where its number governed it."""
    label = _VERB.sub("", label)
    if not re.search(r"[^\W\d_]", label):
        return "Участники"
    generic = _GENERIC_HEAD.match(label)
    rest = label[generic.end() :].strip() if generic else label
    rest = rest[1:-1] if rest.startswith("(") and rest.endswith(")") else rest
    if wording.WHOLE_MODE.fullmatch(fold(rest)):
        return "Очные участники" if _IN_PERSON.match(fold(rest)) else "Дистанционные участники"
    label = _unabbreviated(f"участники {rest[:1].lower()}{rest[1:]}".strip() if generic else label)
    label = _REPRESENTING.sub("", label)
    first = label.partition(" ")[0]
    cases = {parse.tag.case for parse in parses(first)}
    is_attribute = any(parse.tag.POS == "ADJF" for parse in parses(first))
    if "nomn" in cases and not follows_number:
        return _capitalised(label)
    if "gent" in cases and (follows_number or is_people_word(fold(first))):
        label = _in_nominative_plural(label)
    elif cases & {"ablt", "accs"} or (is_attribute and "gent" in cases):
        label = nominative(label)
    return _capitalised(label)


def _capitalised(label: str) -> str:
    return label if _TOPONYM_TYPE.match(label) else label[0].upper() + label[1:]


def _unabbreviated(label: str) -> str:
    """«студ. СмолГУ» → «студенты СмолГУ»: the leading noun in full where the list of abbreviations has it."""
    word, _, rest = label.partition(" ")
    _, expansion = abbreviations().get(fold(word.rstrip(".")), ("", ""))
    return f"{expansion} {rest}".strip() if expansion and len(word) > 2 else label


def _in_nominative_plural(label: str) -> str:
    """«представителей ОАО …», «детей» → «представители ОАО …», «дети»: the words up to the people noun."""
    words = label.split(" ")
    for index, word in enumerate(words[:4]):
        parse = next((p for p in parses(word) if p.tag.case == "gent" and p.tag.POS in ("NOUN", "ADJF", "PRTF")), None)
        form = parse.inflect({"nomn", "plur"}) if parse else None
        if form is None:
            return label
        plural = _PLURALS.get(form.word, form.word)
        words[index] = in_case_of(plural if "ё" in word else plural.replace("ё", "е"), word)
        is_paired = parse.tag.POS == "NOUN" and words[index + 1 : index + 2] == ["и"]
        if is_paired and index + 2 < len(words) and is_people_word(fold(words[index + 2])):
            return " ".join(words[: index + 2]) + " " + _in_nominative_plural(" ".join(words[index + 2 :]))
        if is_people_word(fold(word)) or parse.tag.POS == "NOUN":
            break
    return " ".join(words)
