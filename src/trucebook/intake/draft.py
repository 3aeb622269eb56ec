"""What a format yields before it is checked and becomes a report."""

from __future__ import annotations

from dataclasses import dataclass, field

from trucebook.report import Furniture  # noqa: TC001  the annotation of a public field


@dataclass(frozen=True, kw_only=True)
class About:
    """What an input says about its report, in its own words.

    Attributes:
        title: headline.
        outlet: who published it.
        author: who signed it.
        published: the date, as it is written.
        url: where it was found.
        language: the language that the input declares.
    """

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None

    def over(self, other: About) -> About:
        """Return what this says, and what the other says where this says nothing."""
        return About(
            title=self.title or other.title,
            outlet=self.outlet or other.outlet,
            author=self.author or other.author,
            published=self.published or other.published,
            url=self.url or other.url,
            language=self.language or other.language,
        )


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One text as its file gives it, with what the file says about it.

    Attributes:
        path: the input as the user named it; a record of a file of records adds `#n`.
        raw: the bytes it was read from; for a record, its canonical JSON.
        text: the decoded text.
        stem: the short name from which its id is made.
        own_id: the id that a record gives itself.
        about: what the file says about it.
        page: the HTML that the text was extracted from.
        furniture: what the format knows to be no prose; None where nothing was looked for.
        warnings: what the user should know about how it was read.
    """

    path: str
    raw: bytes = field(repr=False)
    text: str = field(repr=False)
    stem: str
    own_id: str | None = None
    about: About = About()
    page: str | None = field(default=None, repr=False)
    furniture: tuple[Furniture, ...] | None = None
    warnings: tuple[str, ...] = ()
