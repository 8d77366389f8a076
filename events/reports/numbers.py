"""Numbers as a German reads them."""

Value = int | float | str | None


def number_text(value: Value) -> str:
    """Text stays; a dash where nothing is known."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


def short(value: float) -> str:
    """Inside a sentence: no zeros behind the comma."""
    return number_text(int(value) if float(value).is_integer() else float(value))
