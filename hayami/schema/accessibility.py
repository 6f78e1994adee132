"""``accessibility.yaml``: what the site aims at for readers with disabilities, who tested it, and what is known to fail."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from hayami.schema.scalars import Day, Declared, Id, Whole, Written
from hayami.schema.site import ByLanguage

CriterionNumber = Annotated[str, Written(r"[0-9]\.[0-9]\.[0-9]{1,2}", "criterion")]
"""Number of a success criterion of WCAG 2.2: ``1.4.3``."""

Program = Literal["audit", "browser", "markup"]
"""``audit``: ``build.py audit``, over every page. ``browser``: ``build.py audit --browser``, over one page of each kind.
``markup``: the Nu Html Checker, over every page."""

Verdict = Literal["pass", "fail", "not-applicable", "not-judged"]
"""What a person found; ``not-judged`` where the person looked and could not tell."""


class Judgement(Declared):
    """What a person found for one criterion."""

    criterion: CriterionNumber
    result: Verdict
    note: ByLanguage | None = None
    """Why, where it is not plain."""


class PersonTest(Declared):
    """One test by a person. A test without a name and a date is none."""

    id: Id
    person: ByLanguage
    """Who tested. The name is published; the person must have agreed."""
    date: Day
    """The day on which the test ended."""
    means: ByLanguage
    """With what: device, browser, assistive technology, with their versions."""
    pages: ByLanguage
    """Which pages were looked at."""
    results: tuple[Judgement, ...]


class KnownFault(Declared):
    """Something that does not work, as long as it does not."""

    id: Id
    criterion: CriterionNumber
    """The criterion that is not met."""
    what: ByLanguage
    """What is wrong."""
    where: ByLanguage
    """On which pages."""
    affects: ByLanguage
    """Who cannot use it."""
    instead: ByLanguage
    """What they can do meanwhile."""
    since: Day
    """Since when it is known."""


class LeftOut(Declared):
    """Something that readers may meet on their way and that the statement does not speak of."""

    what: ByLanguage
    why: ByLanguage


class Accessibility(Declared):
    """``content/accessibility.yaml``: the accessibility statement and its test results.

    Only what really happened belongs here: the pages say what was checked by whom, and claim nothing. A catalogue
    without this file has no such pages.
    """

    as_of: Day
    """The day on which the statement was last gone through. The build never reads the clock."""
    level: Literal["A", "AA", "AAA"] = "AA"
    """The level of WCAG 2.2 that the site aims at."""
    beyond: tuple[CriterionNumber, ...] = ()
    """Criteria of higher levels that the site aims at as well."""
    scope: ByLanguage
    """Which pages the statement speaks of."""
    left_out: tuple[LeftOut, ...] = Field(default=(), alias="left-out")
    programs: tuple[Program, ...] = ()
    """Programs that are run over the finished site each time before it is published; what they find is mended, or
    stands among the faults. Name none that is not run."""
    tests: tuple[PersonTest, ...] = ()
    faults: tuple[KnownFault, ...] = ()
    stale_after: Whole = Field(default=12, alias="stale-after")
    """Months after which a test by a person must be made again; older ones bring a warning."""
