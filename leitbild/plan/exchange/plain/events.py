"""Plain data from the events of a YAML parser, without recursion.

Every scalar stays the text that stands in the file, so that a code 2.10, a phone number
0631 or the language code `no` don't become numbers or truth values: the document's own
types decide. Only an empty value or `null` means that nothing is given.
"""

from typing import Any, Final

import yaml
from django.utils.translation import gettext as _

from leitbild.plan.document import Place
from leitbild.plan.exchange.plain.lines import Lines
from leitbild.plan.exchange.problems import Problem, UnreadableFile

MAX_DEPTH: Final = 20
_NULLS: Final = {"", "~", "null", "Null", "NULL"}
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def build(text: str, lines: Lines) -> tuple[Any, list[Problem]]:
    """The data of a YAML text, and what is wrong with single keys; lines are noted."""
    builder = _Builder(lines)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise _broken(error) from error
    except yaml.reader.ReaderError as error:
        raise UnreadableFile(
            _("The file contains a character (number {number}) that YAML doesn’t allow.").format(
                number=error.position + 1
            )
        ) from error
    return builder.root, builder.problems


def _broken(error: yaml.MarkedYAMLError) -> UnreadableFile:
    mark = error.problem_mark or error.context_mark
    return UnreadableFile(
        _(
            "The file can’t be read as YAML: something is wrong in line {line}. Often the "
            "indentation doesn’t fit, or a text with a colon needs quotes."
        ).format(line=mark.line + 1 if mark else 1)
    )


class _Frame:
    """A list or mapping that is being filled."""

    def __init__(self, value: list[Any] | dict[str, Any], place: Place) -> None:
        self.value = value
        self.place = place
        self.key: str | None = None
        self.ignored = False


class _Builder:
    """Turns events into lists, dictionaries and texts, with a stack of its own."""

    def __init__(self, lines: Lines) -> None:
        self.root: Any = None
        self.problems: list[Problem] = []
        self._lines = lines
        self._stack: list[_Frame] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Add one event."""
        _refuse_cleverness(event)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open({}, event)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open([], event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._stack.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise UnreadableFile(
                    _("The file holds several documents (line {line}); one is read.").format(
                        line=_line(event)
                    )
                )

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if self._awaits_key():
            self._key(event)
            return
        is_null = not event.style and event.value in _NULLS
        self._put(None if is_null else event.value, _line(event))

    def _awaits_key(self) -> bool:
        return bool(self._stack) and (
            isinstance(self._stack[-1].value, dict) and self._stack[-1].key is None
        )

    def _key(self, event: yaml.ScalarEvent) -> None:
        frame, name = self._stack[-1], event.value
        place = (*frame.place, name)
        frame.ignored = name in frame.value
        if frame.ignored:
            self.problems.append(
                Problem(
                    Lines.name(self._lines, place),
                    _("The name “{name}” stands here a second time, in line {line}.").format(
                        name=name, line=_line(event)
                    ),
                )
            )
        else:
            self._lines.note(place, _line(event))
        frame.key = name

    def _open(self, value: list[Any] | dict[str, Any], event: yaml.Event) -> None:
        if self._awaits_key():
            raise UnreadableFile(
                _("In line {line} a name is a list or a group; it must be a text.").format(
                    line=_line(event)
                )
            )
        if len(self._stack) >= MAX_DEPTH:
            raise UnreadableFile(
                _("The file is nested more deeply than any concept; it isn’t read.")
            )
        self._stack.append(_Frame(value, self._put(value, _line(event))))

    def _put(self, value: Any, line: int) -> Place:
        """Give the value to whoever awaits it, and say which place that is."""
        if not self._stack:
            self.root = value
            return ()
        frame = self._stack[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
            place = (*frame.place, len(frame.value) - 1)
            self._lines.note(place, line)
            return place
        key, frame.key = str(frame.key), None
        if value is not None and not frame.ignored:
            frame.value[key] = value
        return (*frame.place, key)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _refuse_cleverness(event: yaml.Event) -> None:
    """References can multiply a small file into a huge one; tags can mean anything."""
    if isinstance(event, yaml.AliasEvent):
        raise UnreadableFile(
            _(
                "In line {line} the file refers to another place (“*{name}”). Such references "
                "aren’t followed; please write the value itself."
            ).format(line=_line(event), name=event.anchor)
        )
    tag = getattr(event, "tag", None)
    if tag:
        raise UnreadableFile(
            _(
                "In line {line} a value has a tag (“{name}”). Tags aren’t used here; please "
                "remove it."
            ).format(line=_line(event), name=tag)
        )
