"""What a cell looks like before it is read."""

import pytest

from normalise.read.shapes import Shape, shape


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            "1,732 | (1,732) | -6.8% | –13.4% | +18.4% | up 4.4% | £9.8m | £40 million | 12,345 [1] | 60* | 1,109²",
            "figure",
        ),
        ("76.9.% | 24.000 | £1,1O9,00O | 1 109 | 12 (3%) | 0.5 | .5 | (13.4)%", "figure"),
        ("2004 | 1998", "year"),
        ("- | – | n/a | N/K | nil | tbc | * | not known", "nil"),
        (
            "2004/05 | 14/10/05 | 10:30 | 4.8:1 | 5-10 | 0012 | 020 7202 0202 | £000 | % | Band 3 | SO14 | 24 hours",
            "words",
        ),
        (" |   | \n", "blank"),
    ],
)
def test_shapes(texts: str, expected: str) -> None:
    assert {text: shape(text) for text in texts.split(" | ")} == dict.fromkeys(texts.split(" | "), Shape(expected))
