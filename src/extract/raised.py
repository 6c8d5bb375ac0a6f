"""Raised characters as Unicode writes them, so that a footnote mark never fuses with the figure before it."""

from __future__ import annotations

_PLAIN = "0123456789+-−=()abcdefghijklmnoprstuvwxyz"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_MARKS = dict(zip(_PLAIN, _RAISED, strict=True))
_SIGNS = frozenset("0123456789+-−=()")


def raised(text: str) -> str:
    """Digits, signs and single letters as superscripts; all else as it is: `st`, `TM`, `*`, `†`.

    >>> raised("2"), raised("(a)"), raised("th"), raised("*"), raised("1,3")
    ('²', '⁽ᵃ⁾', 'th', '*', '¹,³')
    """
    letters = sum(char.isalpha() for char in text)
    if letters > 1:
        return text
    return "".join(_MARKS.get(char, char) for char in text) if letters or _SIGNS.intersection(text) else text
