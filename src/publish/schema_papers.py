"""The tables of the contract about papers as texts, and the logs of what was done to them and what is doubtful."""

from __future__ import annotations

from publish.contract import ISO_DATE, PAPER, PLACE, Table, boolean, integer, text

PAPERS = Table(
    "papers",
    "Papers",
    "One row for every input, whether it could be read or not.",
    (
        *PAPER,
        text(
            "source_sha256",
            "SHA-256 of the file's bytes, which shows that a file is the one that was read.",
            empty="not opened",
            pattern="[0-9a-f]{64}",
        ),
        text("media_type", "Kind of file, decided from its bytes: application/pdf, text/html ...", empty="unknown"),
        text("extractor", "What read the file, and how: for a text, its encoding.", empty="nothing could"),
        text(
            "status",
            "ok: read; partial: some of it could not be read; no_text: pictures of pages without text; encrypted: asks "
            "for a password; unsupported: not a kind of file that is read; failed: an error.",
            enum=("ok", "partial", "no_text", "encrypted", "unsupported", "failed"),
            required=True,
        ),
        text("status_detail", "What is wrong and what to do about it.", empty="nothing is wrong"),
        text(
            "kind",
            "What kind of paper it is.",
            empty="not read",
            enum=("report", "minutes", "agenda", "appendix", "other"),
        ),
        text("committee", "Name of the committee, as the paper gives it.", empty="not stated"),
        text(
            "meeting_date",
            "Date of the meeting, ISO 8601 at the precision stated: 2006-09-28 or 2006-09.",
            empty="not stated",
            pattern=ISO_DATE,
        ),
        text("report_number", "Number of the report on the agenda, as printed (8a, 09).", empty="none"),
        text("title", "Title of the paper.", empty="none found"),
        text("author", "Who the report is by, as printed.", empty="not stated"),
        boolean("archived", "true: the page carries its archive's warning that it is archived.", empty="not read"),
        text("summary", "Summary at the head of the paper.", empty="none"),
        text("source_url", "Web address of the paper, when it or its sidecar gives one.", empty="not known"),
        integer("pages", "Pages of the file.", "pages", empty="the file has no pages"),
        integer("tables", "Tables found in the paper.", "tables", empty="not read"),
        integer("repairs", "Repairs made; each is a row of repairs.csv.", "repairs", empty="not read"),
        integer("doubts", "Points that a person should look at; see review.csv.", "points", empty="not read"),
        integer("characters_in", "Characters extracted, white space left out.", "characters", empty="not read"),
        integer("characters_kept", "Of the characters extracted, those that remain.", "characters", empty="not read"),
        integer(
            "characters_dropped",
            "Of the characters extracted, those that a repair took out (markup, page furniture).",
            "characters",
            empty="not read",
        ),
        integer(
            "characters_supplied",
            "Characters that were not extracted and that a repair supplied on evidence.",
            "characters",
            empty="not read",
        ),
    ),
    ("paper_id",),
)

SECTIONS = Table(
    "sections",
    "Sections",
    "The running text of every paper: headings and paragraphs in reading order.",
    (
        *PAPER,
        integer("order", "Position in the paper's reading order, from 1.", required=True),
        text("letter", "Letter of the section as printed: A for A. Recommendation.", empty="not lettered"),
        text("heading", "Heading that the text stands under.", empty="before the first heading"),
        integer("level", "Depth of the heading: 1 for a section, 2 for a heading within one.", empty="no heading"),
        text("paragraph_number", "Number of the paragraph as printed (1, 4.2).", empty="not numbered"),
        text("text", "Text of the paragraph, repaired.", empty="a heading with nothing under it"),
        PLACE,
    ),
    ("paper_id", "order"),
)

RECOMMENDATIONS = Table(
    "recommendations",
    "Recommendations",
    "What the committee was asked to decide, one recommendation a row.",
    (
        *PAPER,
        text(
            "group",
            "Which list of recommendations in the paper, counted from 1: a report may ask two bodies, each with a list "
            "of its own.",
            empty="one list only",
        ),
        text("number", "Number or letter of the recommendation as printed.", empty="not numbered"),
        text("text", "Wording of the recommendation, repaired.", empty="nothing is left of it"),
        PLACE,
    ),
)

LINKS = Table(
    "links",
    "Links",
    "Links and supporting material that a paper points to.",
    (
        *PAPER,
        text("label", "Words that name the link: Appendix 1.", empty="none"),
        text("title", "Title of what is linked.", empty="not given"),
        text("format", "Format as the paper names it: PDF.", empty="not given"),
        text("href", "Address of the link as it stands in the file.", empty="lost, or never there"),
        PLACE,
    ),
)

REPAIRS = Table(
    "repairs",
    "Repairs",
    "The log of every change made to what was extracted. Nothing else was changed.",
    (
        *PAPER,
        integer("n", "Number of the repair within its paper, in the order made, from 1.", required=True),
        text("rule", "Name of the rule that made it, or of the person's ruling.", required=True),
        text(
            "powers",
            "What the rule may do beyond moving characters: loses ink, supplies ink, adds signs.",
            empty="nothing",
        ),
        PLACE,
        text("before", "Text before the repair.", empty="nothing stood there"),
        text("after", "Text after it; supplied characters stand in square brackets.", empty="all of it was dropped"),
        text("why", "The evidence for it.", empty="not given"),
    ),
    ("paper_id", "n"),
)

REVIEW = Table(
    "review",
    "Review",
    "What a person should look at, most doubtful first within each paper.",
    (
        *PAPER,
        text(
            "severity",
            "How much depends on it. high: a figure or a total may be wrong; medium: words or labels may be; low: "
            "worth knowing, nothing printed is in question.",
            enum=("high", "medium", "low"),
            required=True,
        ),
        text("rule", "Name of the rule that noted it.", empty="not noted by a rule"),
        PLACE,
        text("text", "The text concerned.", empty="the note is about the paper as a whole"),
        text("why", "Why it is doubtful.", empty="not given"),
        text("suggestion", "What to do about it.", empty="nothing to suggest"),
    ),
)
