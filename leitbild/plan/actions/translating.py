"""Writing texts in other languages, without writing over what somebody else wrote meanwhile."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from leitbild.accounts.models import Municipality, User
from leitbild.core.actions import record_event, write_translations
from leitbild.core.enums import TranslationState
from leitbild.core.languages import language as language_of
from leitbild.core.models import Translatable, Translation
from leitbild.core.queries import digest, of_records
from leitbild.core.refusal import Refused
from leitbild.plan.queries.translations import source_row, target_languages, translations_of

LOGGED_LENGTH: Final = 300


@dataclass(frozen=True, slots=True)
class Collision:
    """A text that moved on while somebody else translated it."""

    field: str
    text: str
    """What stands there now."""
    author: str
    source_changed: bool


class Overtaken(Refused):
    """Somebody else was quicker; nothing was written, and both versions can be shown."""

    def __init__(self, collisions: Collection[Collision]) -> None:
        """Keep what collided."""
        super().__init__([_reason(each) for each in collisions])
        self.collisions = {each.field: each for each in collisions}


def sighting(source: str, translation: str) -> str:
    """What a translator had before them, as a sign that shows whether it changed since."""
    return f"{digest(source)}.{digest(translation)}"


# long: half of it is its arguments and what they mean
@transaction.atomic
def save_translations(
    *,
    municipality: Municipality,
    language: str,
    record: Translatable,
    texts: Mapping[str, str],
    seen: Mapping[str, str],
    by: User,
    state: TranslationState = TranslationState.FINAL,
    confirmed: Collection[str] = (),
) -> list[str]:
    """Store a row's texts in one language; the fields that changed.

    `seen` holds the sighting of each field from when the translator began. `confirmed` names
    texts that still fit their source though it changed. An empty text removes a translation.
    Raises Overtaken where a text that shall change was changed by somebody else meanwhile.
    """
    # Two translators of the same municipality wait for each other.
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    row = _guarded(municipality, language, record, texts)
    stored = translations_of(row, language)
    current = {field: stored[field].text if field in stored else "" for field in texts}
    touched = [field for field in texts if _is_touched(texts[field], seen.get(field, ""))]
    wanted = [field for field in touched if texts[field] != current[field]]
    renewed = [field for field in confirmed if field in texts and field not in wanted]
    if collisions := list(_collisions(row, [*wanted, *renewed], stored, seen)):
        raise Overtaken(collisions)
    fresh = [*wanted, *(field for field in renewed if current[field])]
    write_translations(
        [(row, field, language, texts[field]) for field in fresh], by=by, state=state
    )
    restated = [
        field
        for field in texts
        if field not in fresh and field in stored and stored[field].state != state
    ]
    _restate(row, language, restated, state)
    if fresh or restated:
        record_event(
            action="translation.edit",
            by=by,
            municipality_id=municipality.pk,
            record=row,
            changes=_for_the_log(language, state, current, texts, wanted),
        )
    return [*fresh, *restated]


def _guarded(
    municipality: Municipality, language: str, record: Translatable, texts: Mapping[str, str]
) -> Translatable:
    """The row as it stands now, if its texts may be translated so."""
    found = source_row(municipality, type(record), record.pk)
    if found is None:
        raise Refused([_("This text isn’t there any more, so it can’t be translated.")])
    if language not in target_languages(municipality):
        raise Refused(
            [
                _("{name} doesn’t publish in {language}.").format(
                    name=municipality.name, language=language_of(language).name
                )
            ]
        )
    if unknown := set(texts) - set(found.row.translatable):
        raise ValueError(f"{record.record_name()} has no texts {sorted(unknown)}")
    return found.row


def _is_touched(text: str, seen: str) -> bool:
    """Whether the translator changed what they had before them."""
    return digest(text) != seen.rpartition(".")[2]


def _collisions(
    row: Translatable,
    fields: Collection[str],
    stored: Mapping[str, Translation],
    seen: Mapping[str, str],
) -> Iterator[Collision]:
    for field in fields:
        translation = stored.get(field)
        text = translation.text if translation else ""
        source, _dot, old = seen.get(field, "").partition(".")
        source_changed = source != digest(getattr(row, field))
        if source_changed or old != digest(text):
            author = str(translation.author) if translation and translation.author else ""
            yield Collision(field, text, author, source_changed and old == digest(text))


def _reason(collision: Collision) -> str:
    if collision.source_changed:
        return _("The source text changed while you were writing.")
    if collision.author:
        return _("{name} changed this text while you were writing.").format(name=collision.author)
    return _("Somebody changed this text while you were writing.")


def _restate(
    row: Translatable, language: str, fields: Collection[str], state: TranslationState
) -> None:
    if fields:
        found = Translation.objects.filter(of_records([row]), language=language)
        found.filter(field__in=fields).update(state=state)


def _for_the_log(
    language: str,
    state: TranslationState,
    before: Mapping[str, str],
    after: Mapping[str, str],
    fields: Collection[str],
) -> dict[str, Any]:
    texts = {
        field: {"before": _shortened(before[field]), "after": _shortened(after[field])}
        for field in fields
    }
    return {"language": language, "state": str(state), "texts": texts}


def _shortened(text: str) -> str:
    return text if len(text) <= LOGGED_LENGTH else text[: LOGGED_LENGTH - 1] + "…"
