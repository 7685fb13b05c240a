"""What a page's language is called where its address is shared: language and country."""

from typing import Final

from django.utils.translation import to_locale

# Only where one country is plainly the first at home in the language; Arabic or Kurdish have none.
TERRITORIES: Final = {
    "bg": "BG",
    "cs": "CZ",
    "da": "DK",
    "de": "DE",
    "el": "GR",
    "es": "ES",
    "et": "EE",
    "fi": "FI",
    "fr": "FR",
    "he": "IL",
    "hr": "HR",
    "hu": "HU",
    "hy": "AM",
    "it": "IT",
    "ja": "JP",
    "ka": "GE",
    "ko": "KR",
    "lt": "LT",
    "lv": "LV",
    "mk": "MK",
    "nl": "NL",
    "pl": "PL",
    "ro": "RO",
    "ru": "RU",
    "sk": "SK",
    "sl": "SI",
    "sq": "AL",
    "sv": "SE",
    "th": "TH",
    "tr": "TR",
    "uk": "UA",
    "vi": "VN",
}


def open_graph_locale(code: str) -> str:
    """The value of `og:locale`, like de_DE; the language alone where no country is sure."""
    territory = TERRITORIES.get(code)
    return f"{code}_{territory}" if territory else to_locale(code)
