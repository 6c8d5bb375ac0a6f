"""Parts of a page that its markup sets apart from the paper: navigation, banner, footer, contents list."""

from __future__ import annotations

import re

from bs4 import Tag

from extract.html.blocks import Region

REGIONS = frozenset(("nav", "footer", "header", "select", "textarea", "button", "optgroup"))
"""Elements that are regions by their names."""

_SURE_ROLES = frozenset(("navigation", "contentinfo", "search"))
# Names of classes and ids, letters only. The whole name must be of this form: `leftNav`, `site-search`, `footer2`, but
# not `stop-and-search`, which is what a paper is about.
_BEFORE = r"(?:site|page|main|global|top|bottom|left|right|side|sub|local|primary|secondary|mpa)*"
_AFTER = r"(?:bar|box|list|links?|area|wrapper|container|inner)?"
_SURE = re.compile(
    rf"{_BEFORE}(?:nav|navigation|navigator|menus?|breadcrumbs?|crumbs?|crumbtrail|footer|skip(?:nav|to)?|search|tools?"
    rf"|shar(?:e|ing)|cookies?|pagination|pager|masthead){_AFTER}|wmipp[a-z]*"
)
# Names that a paper may use as well: for its header, for the contents of the whole page, for a style of heading.
_LIKELY = re.compile(rf"{_BEFORE}(?:header|banner|contents|toc|related(?:pages)?|sidebar|(?:archive)?warning){_AFTER}")
_LONGEST_NAME = 40


def words_of(node: Tag) -> frozenset[str]:
    """The names in an element's class and id, letters only, in lower case: `data-table2` is `datatable`."""
    printed = f"{node.get('class', '')} {node.get('id', '')}"[:400]
    return frozenset(re.sub(r"[^a-z ]+", "", printed.lower()).split())


def region_of(node: Tag) -> Region | None:
    """The region that an element opens, by its name, its role, its class or its id; None for all others."""
    name = node.name
    if name in ("body", "html"):
        return None
    role = str(node.get("role", "")).lower()
    if (name in REGIONS and name != "header") or role in _SURE_ROLES:
        return Region(name, sure=True)
    words = sorted(word for word in words_of(node) if len(word) <= _LONGEST_NAME)
    if any(_SURE.fullmatch(word) for word in words):
        return Region(name, sure=True)
    likely = next((word for word in words if _LIKELY.fullmatch(word)), "")
    if likely or name == "header" or role == "banner":
        return Region(likely or "header", sure=False)
    return None
