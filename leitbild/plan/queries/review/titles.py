"""Whether a measure's title says what shall be done. A hint: rules of thumb, no grammar.

Calibrated on the titles of the demo's concepts and on what such titles look like elsewhere:
in German an infinitive at the end (“… einrichten”) or an action as a noun with what it acts on
(“Aufbau eines Pools”); in English a verb at the beginning (“Set up …”).
"""

import re
from functools import lru_cache
from typing import Final

LANGUAGES: Final = frozenset({"de", "en"})
"""Languages whose titles it can judge."""

_PART: Final = re.compile(r"[:;,()|/]|\s[-–—]\s")
_WORD: Final = re.compile(r"[^\W\d_]+")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A verb's infinitive is written small and stands last; so do some words that are no verbs.
_INFINITIVE: Final = re.compile(r"[a-zäöüß]+(?:en|ern|eln)|tun|sein")
_NO_VERB: Final = frozenset(
    [
        "allen", "alten", "anderen", "beiden", "deinen", "denen", "diesen", "einen", "eigenen",
        "eben", "gegen", "hinten", "ihnen", "ihren", "innen", "jeden", "jenen", "keinen",
        "meisten", "mitten", "neben", "neuen", "oben", "offen", "offenen", "sieben", "unseren",
        "unten", "vielen", "wegen", "welchen", "wenigen", "zehn", "zwischen", "außen", "drinnen",
        "draußen", "gestern", "modern", "extern", "intern", "selten", "verschieden", "trocken",
        "zusammen", "willkommen"
    ]
)  # fmt: skip
# What plans do: these count wherever in the title they stand.
_VERBS: Final = frozenset(
    [
        "abbauen", "anbieten", "anpassen", "anstoßen", "aufbauen", "aufnehmen", "ausbauen",
        "ausbilden", "ausweiten", "begleiten", "bekämpfen", "beraten", "bereitstellen",
        "beteiligen", "bilden", "bündeln", "durchführen", "einbeziehen", "einführen",
        "einrichten", "einsetzen", "einstellen", "entwickeln", "erarbeiten", "erfassen",
        "erhalten", "erhöhen", "erleichtern", "ermöglichen", "erproben", "erstellen", "erweitern",
        "etablieren", "fortführen", "fördern", "gestalten", "gewinnen", "gewährleisten",
        "gründen", "informieren", "initiieren", "koordinieren", "mitgestalten", "öffnen",
        "organisieren", "prüfen", "qualifizieren", "reduzieren", "schaffen", "schulen",
        "schützen", "senken", "sensibilisieren", "sichern", "sichtbar", "sicherstellen",
        "starten", "stärken", "steigern", "unterstützen", "verankern", "verbessern",
        "vereinfachen", "vermitteln", "vernetzen", "veröffentlichen", "verstärken", "verstetigen",
        "vorbereiten", "weiterentwickeln", "weiterführen", "werben", "zusammenführen",
        "überarbeiten", "übersetzen"
    ]
)  # fmt: skip
# A noun of action with what it acts on after it; alone (“Sprachförderung”) it is but a topic.
_NOUN: Final = re.compile(
    r"\w*(?:ung|bau|nahme|gabe|einsatz|analyse|evaluation|koordination|qualifikation)"
    r"|Erhalt|Start|Schutz|Erwerb|Kauf"
)
_NO_ACTION: Final = re.compile(
    r"(?i)\w*(?:wohnung|zeitung|verwaltung|bevölkerung|regierung|abteilung|siedlung|sitzung"
    r"|satzung|verordnung|richtung|kleidung|nahrung|meinung|erfahrung|aufgabe|hochbau|gartenbau"
    r"|maschinenbau|versammlung|stiftung|währung|umgebung)"
    r"|(?i:schul|hochschul|erwachsenen)?bildung"
)
# “Schaffen von Orten”: an infinitive as a noun, known by what follows it.
_NOUN_OF_VERB: Final = re.compile(r"(?:[A-ZÄÖÜ]\w+(?:en|ern|eln)) (?:von|der|des|eines|einer)\b")

_ENGLISH: Final = frozenset(
    [
        "adapt", "adopt", "advise", "agree", "allow", "anchor", "appoint", "assess", "assist",
        "award", "begin", "bring", "build", "bundle", "carry", "check", "collect", "combat",
        "connect", "consult", "continue", "convert", "coordinate", "counsel", "create", "cut",
        "deliver", "design", "develop", "draw", "employ", "enable", "encourage", "end", "ensure",
        "establish", "evaluate", "expand", "explain", "extend", "facilitate", "fill", "find",
        "form", "foster", "found", "fund", "gather", "get", "give", "guide", "hand", "help",
        "hire", "hold", "host", "house", "identify", "implement", "improve", "include",
        "increase", "inform", "install", "integrate", "introduce", "invite", "involve", "issue",
        "join", "keep", "launch", "lead", "learn", "let", "link", "listen", "lower", "maintain",
        "make", "map", "measure", "meet", "mentor", "monitor", "name", "network", "offer", "open",
        "organise", "organize", "pass", "pay", "pilot", "place", "plan", "prepare", "prevent",
        "print", "produce", "promote", "protect", "provide", "publish", "put", "qualify", "raise",
        "reach", "recognise", "recognize", "recruit", "reduce", "reform", "rehearse", "remove",
        "renew", "rent", "report", "reserve", "review", "rewrite", "run", "safeguard", "secure",
        "send", "serve", "set", "share", "show", "simplify", "speed", "sponsor", "start",
        "strengthen", "support", "take", "teach", "test", "tell", "train", "translate", "turn",
        "update", "use", "visit", "welcome", "win", "write"
    ]
)  # fmt: skip
_ENGLISH_NOUN: Final = re.compile(r"(?i)\w+(?:tion|ment|ing|al|ance) (?:of|for)\b")


def names_an_action(title: str, language: str) -> bool:
    """Whether the title says what shall be done, as far as rules of thumb can tell."""
    return _english(title) if language == "en" else _german(title)


@lru_cache(maxsize=4_096)
def _german(title: str) -> bool:
    parts = [_WORD.findall(part) for part in _PART.split(title)]
    if any(_is_infinitive(words[-1]) for words in parts if words):
        return True
    if any(word in _VERBS for words in parts for word in words):
        return True
    if any(_is_action(word) for words in parts for word in words[:-1]):
        return True
    return bool(_NOUN_OF_VERB.search(title))


def _is_infinitive(word: str) -> bool:
    return bool(_INFINITIVE.fullmatch(word)) and word not in _NO_VERB


def _is_action(word: str) -> bool:
    return bool(_NOUN.fullmatch(word)) and word[0].isupper() and not _NO_ACTION.fullmatch(word)


@lru_cache(maxsize=4_096)
def _english(title: str) -> bool:
    parts = [_WORD.findall(part.lower()) for part in re.split(r"[:;]", title)]
    begins = any(words[0] in _ENGLISH or words[0].endswith("ing") for words in parts if words)
    return begins or bool(_ENGLISH_NOUN.search(title))
