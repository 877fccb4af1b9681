"""What the unit of a price says: currency and energy, and no guess beside it."""

from functools import lru_cache
import re
from typing import Final
import unicodedata

# How many kWh.
_ENERGIES: Final = {
    "wh": 0.001,
    "kwh": 1.0,
    "mwh": 1000.0,
    "kilowatthour": 1.0,
    "kilowatthours": 1.0,
    "kilowattstunde": 1.0,
    "kilowattimme": 1.0,
}
_DOLLARS: Final = frozenset(
    ("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP")
)
_CROWNS: Final = frozenset(("SEK", "NOK", "DKK", "ISK"))
_CENTS: Final = frozenset(("EUR", "ZAR", *_DOLLARS))


def _words(table: dict[str, frozenset[str] | str]) -> dict[str, frozenset[str]]:
    """Return for each word of a table the currencies it may mean."""
    return {
        word: meant if isinstance(meant, frozenset) else frozenset((meant,))
        for words, meant in table.items()
        for word in words.split()
    }


# As they are written without spaces, full stops and capitals, beside the codes.
_WHOLE: Final = _words(
    {
        "€ euro euros eur€ €eur": "EUR",
        "£ pound pounds": "GBP",
        "$ dollar dollars": _DOLLARS,
        "us$": "USD",
        "a$ au$": "AUD",
        "c$ ca$": "CAD",
        "nz$": "NZD",
        "s$": "SGD",
        "hk$": "HKD",
        "nt$": "TWD",
        "mx$": "MXN",
        "r$": "BRL",
        "kr kronor kroner krona krone": _CROWNS,
        "skr": "SEK",
        "nkr": "NOK",
        "dkr": "DKK",
        "kč kc": "CZK",
        "zł zl złoty złotych": "PLN",
        "ft forint": "HUF",
        "fr sfr franken": "CHF",
        "lei leu": "RON",
        "лв lv лева": "BGN",
        "din дин": "RSD",
        "tl ₺": "TRY",
        "₴ грн": "UAH",
        "₽ руб": "RUB",
        "₹ rs": "INR",
        "rp": "IDR",
        "₩": "KRW",
        "¥ 円": "JPY",
        "元": "CNY",
        "₪": "ILS",
        "r": "ZAR",
    }
)
_HUNDREDTHS: Final = _words(
    {
        "öre øre ore": frozenset(("SEK", "NOK", "DKK")),
        "c ct cts cent cents ¢": _CENTS,
        "snt sent senti sentti senttiä eurocent eurocents": "EUR",
        "centime centimes": frozenset(("EUR", "CHF")),
        "céntimo céntimos cêntimos centesimi": "EUR",
        "centavo centavos": frozenset(("MXN", "BRL", "ARS", "CLP", "COP")),
        "p pence penny gbx": "GBP",
        "rp rappen": "CHF",
        "gr grosz grosze groszy": "PLN",
        "haléř haléře haléřů haler hal": "CZK",
        "fillér filler": "HUF",
        "ban bani": "RON",
        "ст st стотинки stotinki": "BGN",
        "kuruş": "TRY",
        "коп": frozenset(("UAH", "RUB")),
        "paise paisa": "INR",
        "分": "CNY",
        "agorot": "ILS",
    }
)
# What stands between money and energy, and inside of words without a meaning.
_PER: Final = re.compile(r"\s*[/∕⁄÷]\s*|\s+(?:per|pr\.?|pro)\s+")
_PADDING: Final = re.compile(r"[\s.·⋅*_-]+")


def per_kwh(unit: object, currency: str) -> float | None:
    """Return what a price in this unit is multiplied by to be `currency` per kWh.

    None where the unit does not say that it is a price of energy in this currency:
    nothing is assumed of a number without a unit, or of another currency.
    """
    return _per_kwh(unit, currency) if isinstance(unit, str) else None


@lru_cache(maxsize=64)
def _per_kwh(unit: str, currency: str) -> float | None:
    # Only its last letter tells the penny of the stock exchange from the pound.
    text = unicodedata.normalize("NFKC", unit).strip().replace("GBp", "pence")
    money, *energy = _PER.split(text.casefold())
    if len(energy) != 1:
        return None
    kwh = _ENERGIES.get(_PADDING.sub("", energy[0]))
    scale = _scale(_PADDING.sub("", money), currency)
    return None if kwh is None or scale is None else scale / kwh


def _scale(money: str, currency: str) -> float | None:
    """Return how many units of the currency an amount of 1 is."""
    if _is_whole(money, currency):
        return 1.0
    if currency in _HUNDREDTHS.get(money, ()):
        return 0.01
    # Both in one word, such as EURct or c€.
    for cut in range(1, len(money)):
        one, other = money[:cut], money[cut:]
        for part, whole in ((one, other), (other, one)):
            if currency in _HUNDREDTHS.get(part, ()) and _is_whole(whole, currency):
                return 0.01
    return None


def _is_whole(money: str, currency: str) -> bool:
    return money == currency.casefold() or currency in _WHOLE.get(money, ())
