"""Passwords out of a text: what follows the word for one, unless it is a word about it ("password is wrong")."""

from __future__ import annotations

import re

from classifier.text import bare

SECRET = "[•••]"  # noqa: S105 - it stands for one
LONG = 6  # characters of a secret that nothing announces but the word before it

# What people say of a password when they do not say it.
ABOUT = frozenset(
    """a accepted again all also always an and any as asked at been being but by changed correct correctly different
    disabled empty every expires expiring failed fails fine for fresh forgotten from going good gone has he i if in incorrect
    invalid is it its just known late later locked lost missing my needed never new no none not nothing now of off ok okay old on
    only or our out please prompt rejected refused required reset right same saved set she short so some something still stored
    synced that the their then there they this to too unable unknown up updated used valid visible what when which why with
    without won't working wrong you your
    accepte alors apres au avec aussi bien bloque bon c'est ca car ce celui change comme correct dans de demande depuis deja
    des different disant elle en encore errone est et etait expire faux il inconnu incorrect initial invalide je l'ai la le les
    mais marche mauvais me meme mon ne non nouveau obligatoire on ou oublie par pareil pas perdu plus pour pourtant provisoire qui
    que quand rejete redemande refuse requis sans ses si son sur ta temporaire toujours trop un une valable valide vide vous""".split()  # noqa: SIM905
)
_WORD = (
    r"(?:pass ?words?|pass ?phrase|pass ?code|pwd|pass|pw|mots? de passe|mdp"
    r"|code pin|pin code|pin|code secret|secret|client[ _]secret|api[ _-]?key|clé d['’]api)"
)
_LOGIN = r"(?:user ?name|user ?id|login|log-in|identifiant|nom d['’]utilisateur|upn)"
_VALUE = r"""(?P<value>"[^"\n]{1,80}"|'[^'\n]{1,80}'|«[^»\n]{1,80}»|“[^”\n]{1,80}”|`[^`\n]{1,80}`|\S{1,200})"""
_SAID = re.compile(
    rf"(?P<cue>(?<![\w-])(?:{_WORD}\b[ \xa0\u202f]*(?:[:=]+|->|→|(?:is|was|est|était|c['’]est)\b[ \xa0]*:?)"
    rf"|{_LOGIN}[ \xa0\u202f]*[:=]+)[ \xa0\u202f]*){_VALUE}",
    re.IGNORECASE,
)
_BESIDE = re.compile(rf"(?P<cue>(?<![\w-]){_WORD}[ \xa0]+){_VALUE}", re.IGNORECASE)
_PARTICIPLE = re.compile(r"[^\W\d_A-Z]{3,}(?:ed|ée?s?)[.,;!?)]*")  # "rotated", "réinitialisé": said about it
_TAIL = re.compile(r"[.,;)]*$")


def without_secrets(text: str) -> str:
    """The text without passwords, and without user names that are given as such."""
    return _BESIDE.sub(_beside, _SAID.sub(_said, text))


def _said(match: re.Match[str]) -> str:
    value = match["value"]
    word = bare(value).strip(".,;:!?()\"'«»“”` ").replace("’", "'")
    return match[0] if not word or word in ABOUT or _PARTICIPLE.fullmatch(value) else _hidden(match)


def _beside(match: re.Match[str]) -> str:
    """Without "is" or a colon, only what cannot be a word is taken for a secret."""
    value = _TAIL.sub("", match["value"])
    mixed = re.search(r"\d", value) and re.search(r"[^\W\d_]", value)
    return _hidden(match) if len(value) >= LONG and (mixed or re.search(r"\w[!@#$%^&*+=]", value)) else match[0]


def _hidden(match: re.Match[str]) -> str:
    tail = _TAIL.search(match["value"])
    return f"{match['cue']}{SECRET}{tail[0] if tail else ''}"
