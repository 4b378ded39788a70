"""The dashboard as a marimo application; ``events dashboard`` serves it."""

import marimo

app = marimo.App(
    width="full", app_title="Международные мероприятия", css_file="style.css", html_head_file="navigation.html"
)


@app.cell
def _():
    from urllib.parse import parse_qsl

    import marimo as mo

    from orchestration.dashboard.pages import show
    from orchestration.settings import settings

    return mo, parse_qsl, settings, show


@app.cell
def _(mo, parse_qsl):
    parameters, set_parameters = mo.state(mo.query_params().to_dict())
    navigation = mo.ui.text(
        debounce=False, on_change=lambda address: set_parameters(dict(parse_qsl(address.removeprefix("?"))))
    )
    mo.Html(f'<div id="navigation" hidden>{navigation}</div>')
    return (parameters,)


@app.cell
def _(mo, parameters, settings, show):
    mo.Html(show(settings().published_database, parameters(), lambda chart: mo.as_html(chart).text))
    return


if __name__ == "__main__":
    app.run()
