"""The mistakes that are planted: each changes one token, or drops or negates what belongs to one."""

import bisect
import collections
import re

from mutation.tokens import matching, opening, tokens_of, without_comments

RETURN, CONDITION, CONSTANT = "return value", "condition", "constant"
ARITHMETIC, STATEMENT, FLAG = "arithmetic", "dropped statement", "origin or flag"

# What replaces source[start:end].
Change = collections.namedtuple("Change", "kind start end text")

_COMPARISONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&"}
_BINARY = {"+": "-", "-": "+", "*": "/", "/": "*", "%": "*", "&": "|", "|": "&", "<<": ">>", ">>": "<<"}
_UPDATES = {"+=": "-=", "-=": "+=", "|=": "&=", "&=": "|=", "++": "--", "--": "++"}
_FLAGS = {
    "SEEK_SET": "SEEK_CUR", "SEEK_CUR": "SEEK_END", "SEEK_END": "SEEK_SET",
    "MMIO_READ": "MMIO_WRITE", "MMIO_WRITE": "MMIO_READ", "MMIO_CREATE": "MMIO_DELETE", "MMIO_DELETE": "MMIO_CREATE",
    "MMIO_EXCLUSIVE": "MMIO_DENYNONE", "MMIO_DENYREAD": "MMIO_DENYWRITE", "MMIO_DENYWRITE": "MMIO_DENYREAD",
    "MMIO_PARSE": "MMIO_ALLOCBUF", "MMIO_EXIST": "MMIO_ALLOCBUF", "MMIO_GETTEMP": "MMIO_ALLOCBUF",
    "MMIO_RWMODE": "MMIO_SHAREMODE", "MMIO_SHAREMODE": "MMIO_RWMODE", "MMIO_FHOPEN": "MMIO_ALLOCBUF",
    "O_RDONLY": "O_RDWR", "O_WRONLY": "O_RDONLY", "O_RDWR": "O_RDONLY", "O_CREAT": "O_EXCL", "O_TRUNC": "O_APPEND",
    # The message is no longer known.
    "MMIOM_WRITE": "MMIOM_USER", "MMIOM_WRITEFLUSH": "MMIOM_USER", "MMIOM_RENAME": "MMIOM_USER",
}
_OTHER_TRUTH = {"true": "false", "false": "true"}
_OTHER_LIMIT = {"min": "max", "max": "min"}
_NO_STATEMENT = {"return", "if", "for", "while", "do", "switch", "case", "default", "else", "using", "goto", "try",
                 "typedef", "static", "const", "constexpr", "struct", "class", "enum", "template", "namespace",
                 "public", "private", "extern", "delete", "throw"}


class _Reader:
    def __init__(self, source):
        self.source = source
        self.tokens = tokens_of(source)

    def text(self, index):
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def is_value(self, index):
        """Whether an operand ends there, so that a sign behind it is a binary operator."""
        return 0 <= index < len(self.tokens) and self.text(index) != "return" and (
            self.tokens[index].kind != "sign" or self.text(index) in (")", "]"))

    def is_spaced(self, index):
        """As the formatter leaves binary operators, unlike template brackets, pointers and references."""
        token = self.tokens[index]
        return self.is_value(index - 1) and self.source[token.start - 1].isspace() and self.source[token.end].isspace()

    def change(self, kind, index, text):
        return Change(kind, self.tokens[index].start, self.tokens[index].end, text)

    def is_returned(self, index):
        """Whether the token is part of what a return statement answers."""
        while index >= 0 and self.text(index) not in (";", "{", "}"):
            if self.text(index) == "return":
                return True
            index -= 1
        return False


def _number(text):
    found = re.fullmatch(r"(0[xX][0-9a-fA-F]+|\d+)([uUlL]*)", text)
    if found is None:
        return None
    value = int(found[1], 16 if found[1][:2] in ("0x", "0X") else 10)
    other = {0: 1, 1: 0}.get(value, value + 1)
    return f"{other:#x}{found[2]}" if found[1][:2] in ("0x", "0X") else f"{other}{found[2]}"


def _returned_word(reader, index):
    """`return X;` and every code of an answer."""
    text = reader.text(index)
    if text == "MMSYSERR_NOERROR":
        return "MMIOERR_CANNOTOPEN"
    if text.startswith(("MMIOERR_", "MMSYSERR_")):
        return "0"
    is_whole = reader.text(index - 1) == "return" and reader.text(index + 1) == ";"
    return "0" if is_whole and text not in ("nullptr", "NULL", "true", "false") else None


def _changed_word(reader, index):
    text = reader.text(index)
    if text in _OTHER_TRUTH:
        yield reader.change(RETURN if reader.is_returned(index) else CONSTANT, index, _OTHER_TRUTH[text])
    if text in _FLAGS:
        yield reader.change(FLAG, index, _FLAGS[text])
    is_call = reader.text(index + 1) in ("(", "<") and reader.text(index + 2) != ")"
    if text in _OTHER_LIMIT and reader.text(index - 1) == "::" and is_call:
        yield reader.change(ARITHMETIC, index, _OTHER_LIMIT[text])
    if reader.is_returned(index) and text != "return":
        other = _returned_word(reader, index)
        if other is not None:
            yield reader.change(RETURN, index, other)


def _changed_number(reader, index):
    if reader.text(index - 1) == "-" and not reader.is_value(index - 2):
        return  # The sign in front of it is changed.
    text = reader.text(index)
    if text == "0" and reader.text(index - 1) in ("return", "?", ":") and reader.is_returned(index):
        yield reader.change(RETURN, index, "-1")
    elif _number(text) is not None:
        yield reader.change(CONSTANT, index, _number(text))


def _changed_sign(reader, index):
    text = reader.text(index)
    if text in _UPDATES:
        yield reader.change(ARITHMETIC, index, _UPDATES[text])
    elif text == "!":
        yield reader.change(CONDITION, index, "")
    elif text == "-" and not reader.is_value(index - 1):
        yield reader.change(RETURN if reader.is_returned(index) else CONSTANT, index, "")
    elif text in _COMPARISONS and reader.is_spaced(index):
        yield reader.change(CONDITION, index, _COMPARISONS[text])
    elif text in _BINARY and reader.is_spaced(index):
        yield reader.change(ARITHMETIC, index, _BINARY[text])


def _negated(reader, index):
    """A condition without an operator of its own that could be turned round."""
    if reader.text(index) not in ("if", "while") or reader.text(index + 1) != "(":
        return
    last = matching(reader.tokens, index + 1)
    inside = [reader.text(i) for i in range(index + 2, last)]
    if inside and not any(text in _COMPARISONS or text in ("!", ";", "=") for text in inside):
        start, end = reader.tokens[index + 2].start, reader.tokens[last - 1].end
        yield Change(CONDITION, start, end, f"!({reader.source[start:end]})")


def _starts_statement(reader, index):
    before = reader.text(index - 1)
    if before == ":":  # A label's, not that of a choice.
        while index > 0 and reader.text(index - 1) not in (";", "{", "}"):
            index -= 1
        return reader.text(index) in ("case", "default")
    if before == ")":
        return reader.text(opening(reader.tokens, index - 1) - 1) in ("if", "for", "while", "switch")
    return before in (";", "{", "}", "else", "do")


def _statement_end(reader, index):
    while index is not None and index < len(reader.tokens):
        text = reader.text(index)
        if text == ";":
            return index
        if text == "{" and reader.text(index - 1) in (")", ";", "try", "else"):
            return None
        if text in ")}]":
            return None
        index = matching(reader.tokens, index) if text in ("(", "{", "[") else index
        index = index + 1 if index is not None else None
    return None


def _does_something(reader, first, last):
    texts = [reader.text(i) for i in range(first, last)]
    if texts[0] in ("break", "continue"):
        return True
    if texts[0] == "return":  # The last one of a function is needed; one behind a condition is not.
        return reader.text(first - 1) == ")"
    if texts[0] in _NO_STATEMENT or reader.tokens[first].kind == "number":
        return False
    # Two words beside each other, or a word behind * or & or >, declare something.
    for i in range(first, last):
        if reader.text(i) in ("(", "=", "+=", "-=", "[", ".", "->"):
            break
        if i > first and reader.tokens[i].kind == "word" and reader.text(i - 1) not in ("::", "*", "++", "--"):
            return False
        if i > first and reader.text(i) == "*":
            return False
    return any(text in ("(", "=", "++", "--") or text in _UPDATES for text in texts)


def _dropped(reader, index):
    if reader.text(index) in (";", "}", "{") or not _starts_statement(reader, index):
        return
    last = _statement_end(reader, index)
    if last is not None and _does_something(reader, index, last):
        yield Change(STATEMENT, reader.tokens[index].start, reader.tokens[last].end, ";")


_BY_KIND = {"word": _changed_word, "number": _changed_number, "sign": _changed_sign, "text": lambda *_: ()}


def changes_of(source):
    """Every change, in the order of the source. Not all of them compile."""
    reader = _Reader(source)
    for index, token in enumerate(reader.tokens):
        yield from _dropped(reader, index)
        yield from _negated(reader, index)
        yield from _BY_KIND[token.kind](reader, index)


# A change in a file. before and after are the lines it touches, without comments and indentation.
Mutant = collections.namedtuple("Mutant", "source line kind before after text")


def _shown(lines):
    return " ".join(without_comments(lines).split())


def mutants_of(source, text):
    """All mutants of the file `source`, whose contents are `text`; Mutant.text is what they become."""
    starts = [0] + [found.end() for found in re.finditer("\n", text)]
    for change in changes_of(text):
        line = bisect.bisect_right(starts, change.start)
        first, last = starts[line - 1], text.find("\n", change.end)
        last = len(text) if last < 0 else last
        after = text[first:change.start] + change.text + text[change.end:last]
        changed = text[:change.start] + change.text + text[change.end:]
        yield Mutant(source, line, change.kind, _shown(text[first:last]), _shown(after), changed)
