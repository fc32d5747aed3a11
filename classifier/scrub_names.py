"""Names out of a text: those of the people concerned, however written, and those that announce themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable

from classifier.text import bare

NAME = "[…]"
SHORTEST = 3  # letters of a part that is a name in small letters too

# A guest may be called "Office Manager" or "IT Support": words of the trade are no names.
TRADE = frozenset(
    """access account admin administrator assistance azure bot call client desk email entra excel exchange external guest help
    informatique intune mail manager microsoft office onedrive online outlook phone powerpoint service sharepoint skype support team
    teams technique teste test unknown user utilisateur windows word""".split()  # noqa: SIM905
)
PARTICLES = frozenset(
    "al ben bin da de del den der des di dos du el ibn la las le les los mac saint san st ter the van von".split()  # noqa: SIM905
)
# Names that are words as well are names only with a capital letter.
WORDS_TOO = frozenset(
    """amour art bill blanc bon brown case chance chase christian claire clement coste court crystal dawn dean drew ever faith
    fleur fort franc france frank gene gay grand grant green grace guy hope ivy jack jean joy july june king lance legrand lily long
    major marc mark mars martin max may mercy noel noir page paris parker patience paul petit pierre pat penny petit price ray rob
    robin rose ruby rusty sage sandy sky sol sonny stone sue summer taylor victor viola violet ward will wood young""".split()  # noqa: SIM905
)

_PART = re.compile(r"[^\W\d_]+")
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:[-'’][A-ZÀ-ÖØ-Þ][^\W\d_]+)*"
NAMED = (
    re.compile(rf"(?P<cue>\b(?:[Mm]y name is|[Jj]e m['’]appelle|[Mm]on nom est"
        rf"|[Tt]his is (?=[A-Z][a-z]+ [A-Z][a-z]+\b))[ ]+){_CAPITAL}(?:[ ]{_CAPITAL}){{0,2}}"),
    re.compile(rf"(?P<cue>\b(?:Mr|Mrs|Ms|Miss|Dr|Mme|Mlle|Me|Pr|Madame|Monsieur|M\.)\.?[ ]+)(?:[A-Z]\.[ ]?)?{_CAPITAL}(?:[ ]{_CAPITAL})?"),
    re.compile(
        rf"(?P<cue>(?:(?:[Bb]est|[Kk]ind) regards|[Rr]egards|[Tt]hanks|[Cc]heers|[Cc]ordialement"
        rf"|[Bb]ien à vous|[Ss]incères salutations)[ ]*[,.!]?\s+)"
        rf"{_CAPITAL}(?:[ ]{_CAPITAL}){{0,2}}[ ]*$"
    ),
)  # fmt: skip


def without_names(text: str, names: Iterable[str]) -> str:
    """The text without these people's names: whole, in parts, glued together, in any case, with or without accents."""
    wanted = [parts for parts in ([_plain(one) for one in _PART.findall(name)] for name in names) if parts]
    for parts in wanted:
        if len(parts) > 1:
            text = _cut(text, rf"(?:{_glued(parts)}|{_glued(parts[::-1])})", any_case=True)
    for part in dict.fromkeys(part for parts in wanted for part in parts):
        if part not in TRADE and part not in PARTICLES and len(part) > 1:
            text = _cut(text, re.escape(part), any_case=len(part) >= SHORTEST and part not in WORDS_TOO)
    return text


def _plain(part: str) -> str:
    return bare(part)


def _glued(parts: list[str]) -> str:
    return r"[\W_]{0,3}".join(map(re.escape, parts))


def _cut(text: str, pattern: str, *, any_case: bool) -> str:
    """The text with the sign where its letters match; small and accented letters are looked at as one, place by place."""
    done, last = [], 0
    for match in re.finditer(rf"(?<![^\W\d_]){pattern}(?![^\W\d_])", bare(text)):
        if any_case or text[match.start()].isupper():
            done += [text[last : match.start()], NAME]
            last = match.end()
    return "".join((*done, text[last:]))
