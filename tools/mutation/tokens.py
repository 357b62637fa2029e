"""C and C++ as tokens, as far as changing one of them needs it."""

import collections
import re

# `kind` is word, number, sign or text (a string or character literal); start and end are places in the source.
Token = collections.namedtuple("Token", "kind text start end")

_PATTERN = re.compile(
    r"""
    (?P<skip>    (?m:^)[ \t]*\#(?:\\\n|[^\n])* | \n | [^\S\n]+ | //[^\n]* | /\*.*?\*/ )
  | (?P<text>    (?:u8|[uUL])?R"(?P<mark>[^(]*)\(.*?\)(?P=mark)" | (?:u8|[uUL])?"(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' )
  | (?P<number>  \.?\d(?:[eEpP][+-]|[\w.]|'\w)* )
  | (?P<word>    [A-Za-z_]\w* )
  | (?P<sign>    <<=|>>=|->\*|\.\.\.|<=>|\+\+|--|->|<<|>>|<=|>=|==|!=|&&|\|\||\+=|-=|\*=|/=|%=|&=|\|=|\^=|::|. )
    """,
    re.VERBOSE | re.DOTALL)


def tokens_of(source):
    """Without comments, preprocessor lines and white space."""
    return [Token(found.lastgroup, found.group(), *found.span())
            for found in _PATTERN.finditer(source) if found.lastgroup != "skip"]


def without_comments(source):
    """Nothing but the comments is left out: what a string holds stays."""
    return "".join(found.group() for found in _PATTERN.finditer(source)
                   if not (found.lastgroup == "skip" and found.group().startswith("/")))


def matching(tokens, first, step=1):
    """The index of the bracket that belongs to the one at `first`; None if there is none."""
    depth = 0
    while 0 <= first < len(tokens):
        if tokens[first].text in ("(", "{", "["):
            depth += 1
        elif tokens[first].text in (")", "}", "]"):
            depth -= 1
        if depth == 0:
            return first
        first += step
    return None


def opening(tokens, last):
    """As matching, backwards. 0 if there is none, as in a text that begins inside brackets."""
    return matching(tokens, last, -1) or 0
