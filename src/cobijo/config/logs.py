"""What reaches the log: ids, kinds of error and places in the code; never what a person typed.

Bodies are logged nowhere. Query strings are cut. The message of an exception may quote a value (a database
says which row it refused, a validator what it was given), so a trace shows kinds and places only, unless
COBIJO_TRACE asks for all.
"""

import logging
import re
import traceback
from types import TracebackType

from cobijo.config.trouble import Kind, explain

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class IdsOnly(logging.Formatter):
    """Writes an exception as its kinds and places, without messages."""

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 -- the name is logging's
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
            lines.append(type(error).__qualname__)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)


class Sentences(logging.Filter):
    """Turns the trace of a known trouble, say a database that is away, into its sentence."""

    def filter(self, record: logging.LogRecord) -> bool:
        trouble = explain(record.exc_info[1]) if record.exc_info else None
        if trouble is not None and trouble.kind is not Kind.SETTING:
            record.msg, record.args = trouble.sentence, ()
            record.exc_info = record.exc_text = None
        return True


class WithoutQuery(logging.Filter):
    """Cuts what follows the question mark of every address in the message."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = re.sub(r"\?\S*", "", record.getMessage()), ()
        return True
