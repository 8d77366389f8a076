"""Which browser it is, as far as it helps people to know their own devices again. Nothing else of it is kept."""

# The first that is named decides: nearly all call themselves Safari as well, and several Chrome.
_FAMILIES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


def browser_family(user_agent: str) -> str:
    """Empty for one we do not know."""
    return next((family for sign, family in _FAMILIES if sign in user_agent), "")
