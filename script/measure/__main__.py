"""Measure the integration as its users meet it."""

import argparse
import asyncio
import json
from pathlib import Path

from script.measure.browser import measure_panel
from script.measure.client import Client, login
from script.measure.crowd import measure_crowd
from script.measure.database import filled, say
from script.measure.figures import Figures, machine, markdown, plain, title
from script.measure.home import running
from script.measure.package import measure_package
from script.measure.serving import Owner, measure_polls, measure_start, measure_views
from script.measure.years import measure_walk, measure_years
from tests.support.home_assistant import HomeAssistant
from tests.support.influx import Influx

FEW_DAYS = 2
MANY_DAYS = 400
# What is compared between little and much data.
COMPARED = ("start_s", "poll_s")


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for machines")
    form.add_argument("--markdown", action="store_true", help="for the README")
    parser.add_argument("--quick", action="store_true", help="without the 400 days")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--cache", type=Path, required=True, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    where, figures = machine(), measure(arguments)
    if arguments.json:
        print(json.dumps({"machine": where, "figures": figures}, indent=2))
        return
    print(title(where))
    print()
    print(markdown(figures) if arguments.markdown else plain(figures))


def measure(arguments: argparse.Namespace) -> Figures:
    """Return all figures; those of a small database beside those of a large one."""
    figures = Figures()
    measure_package(figures)
    if not arguments.quick:
        measure_few(arguments, figures)
    days = 30 + FEW_DAYS if arguments.quick else MANY_DAYS
    with filled(arguments.cache, days) as server:
        for number in range(arguments.repeat):
            say(f"Measuring Home Assistant, {number + 1} of {arguments.repeat} …")
            with running(server) as home:
                asyncio.run(measure_home(home, server, figures))
                if number == 0:
                    measure_panel(home, server, figures)
                    say("Waiting until all years are read …")
                    asyncio.run(measure_years(home.url, figures))
        say("Reading all years once more …")
        with running(server) as home:
            asyncio.run(measure_walk(home.url, figures))
    return figures


def measure_few(arguments: argparse.Namespace, figures: Figures) -> None:
    """Measure start and polls with little data."""
    few = Figures()
    with filled(arguments.cache, FEW_DAYS) as server:
        for _ in range(arguments.repeat):
            say(f"Measuring with {FEW_DAYS} days of data …")
            with running(server) as home:
                asyncio.run(measure_home(home, server, few, crowded=False))
    for key in COMPARED:
        figures[key.replace("_s", "_few_s")] = few[key]


async def measure_home(
    home: HomeAssistant, server: Influx, figures: Figures, *, crowded: bool = True
) -> None:
    """Measure one Home Assistant, from its bare state on."""
    token = await login(home.url)
    async with Client(home.url, token) as client:
        owner = Owner(client)
        await owner.running()
        await measure_start(owner, home.url, token, figures)
        if crowded:
            await measure_views(home.url, token, figures)
        await measure_polls(owner, server, home.url, token, figures)
        if crowded:
            await measure_crowd(owner, server, home.url, token, figures)


if __name__ == "__main__":
    main()
