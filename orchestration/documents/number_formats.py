"""Word's number formats: a counter as decimals, roman numerals, letters and the like."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS = {
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
}
# Word itself stops counting letters and roman numerals here.
_LARGEST_NUMBER = 32_767
_CIRCLED_ONE, _LARGEST_CIRCLED = 0x2460, 20


def format_number(number: int, number_format: str) -> str:
    """A counter in one of Word's number formats; formats unknown here are shown as decimals."""
    match number_format:
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{number:02d}"
        case "ordinal":
            # As Word shows it in a Russian text.
            return f"{number}-й"
        case "numberInDash":
            return f"- {number} -"
        case "decimalEnclosedCircle" if 1 <= number <= _LARGEST_CIRCLED:
            return chr(_CIRCLED_ONE + number - 1)
        case "lowerRoman" if 1 <= number <= _LARGEST_NUMBER:
            return _roman(number)
        case "upperRoman" if 1 <= number <= _LARGEST_NUMBER:
            return _roman(number).upper()
        case _ if number_format in _LETTERS and 1 <= number <= _LARGEST_NUMBER:
            alphabet = _LETTERS[number_format]
            repeats, position = divmod(number - 1, len(alphabet))
            return alphabet[position] * (repeats + 1)
        case _:
            return str(number)


def _roman(number: int) -> str:
    digits = []
    for value, digit in _ROMAN:
        count, number = divmod(number, value)
        digits.append(digit * count)
    return "".join(digits)
