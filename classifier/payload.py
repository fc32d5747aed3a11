"""What a machine wrote into a message: headers, traces, logs, ids. It is no part of what the person says."""

from __future__ import annotations

import re

READ = 20_000  # characters looked at; a person does not write more

# A line that is a machine's: a mail header, a step of a stack trace, a time-stamped log line, a line of code or of figures.
_LINE = re.compile(
    r"""^[ \t>|]*(?:
      (?:[A-Z][A-Za-z0-9]*-[A-Za-z0-9-]+|Received|From|To|Cc|Date)[ ]?:[ ]
      | at[ ][\w.$<>`]+[.(][\w.$<>`:, ()]*
      | File[ ]"[^"\n]+",[ ]line[ ]\d+
      | Traceback[ ]\(most[ ]recent
      | (?:System|Microsoft|java|org|com)(?:\.\w+)+(?:[ ]?:|Exception|Error)
      | [+~]?[ ]*(?:CategoryInfo|FullyQualifiedErrorId|PSComputerName|CorrelationId|ActivityId|RequestId|TenantId|Timestamp)[ ]*:
      | \[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d
      | (?:by|from|with|id|for)[ ][\w.-]+\.[\w.-]+[ ](?:\(|with|via|by|for|id)
      | [\W\d_]*$
    )""",
    re.VERBOSE,
)
_ID = re.compile(
    r"""(?<![\w+/-])(?:
      [0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}
      | (?=[0-9a-fA-F]*\d)[0-9a-fA-F]{12,}
      | (?=[\w+/-]*\d)(?=[\w+/-]*[A-Z])[\w+/-]{24,}=*
      | \d{6,}
    )(?![\w-])""",
    re.VERBOSE,
)
_WORDS = re.compile(r"[^\W\d_]{3,}")
ENOUGH = 2  # words that have to be left of a message without its machine lines


def spoken(text: str) -> str:
    """The text without its machine's lines and ids; the text itself where little else is there."""
    lines = text[:READ].splitlines()
    if len(lines) > 1:
        own = "\n".join(line for line in lines if not _LINE.match(line))
        text = own if len(_WORDS.findall(own)) >= ENOUGH else text
    without = _ID.sub(" ", text)
    return without if _WORDS.search(without) else text
