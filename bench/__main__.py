"""`python -m bench`: Snakepen beside the plain way, a bare spawn and bubblewrap; latencies, throughput and ratios."""

import argparse
import asyncio
import json
import shutil
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from bench.errors import BenchError
from bench.load import Bounds
from bench.measures import MEASURES
from bench.programs import PROGRAMS
from bench.report import missed, report
from bench.results import Results
from bench.rounds import Plan, machine, own_cost, prepared, run
from snakepen import __version__
from snakepen.errors import SnakepenError


def main() -> int:
    """The exit code: 0, 1 when something failed or a promise was not kept, 128 and the signal's number."""
    options = _parser().parse_args()
    if sys.platform == "win32":
        print("The benchmark runs on Linux and macOS.", file=sys.stderr)
        return 1
    import uvloop  # not to be had on Windows

    signals: list[signal.Signals] = []
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            results = runner.run(_ended_by_signals(options, signals))
    except asyncio.CancelledError:
        print(f"Stopped by {signals[0].name}: nothing is left behind.", file=sys.stderr)
        return 128 + signals[0]
    except (BenchError, SnakepenError) as error:
        print(error, file=sys.stderr)
        return 1
    is_whole = options.only is None and options.clients is None
    return judged(results, must=options.must, is_as_served=not options.serve_arguments, is_whole=is_whole)


def judged(results: Results, *, must: bool, is_as_served: bool, is_whole: bool) -> int:
    """The exit code, and why it is 1. What is promised is of a server as it is when nobody gives it options; `is_whole`
    is whether nobody left out a program or a number of clients.
    """
    broken = missed(results, lambda numbers: numbers.promised, is_whole=is_whole) if is_as_served else []
    short = missed(results, lambda numbers: numbers.must, is_whole=is_whole) if must else []
    if broken:
        print("These are promised and not reached: " + "; ".join(broken) + ".", file=sys.stderr)
    if short:
        print("These must be reached and are not: " + "; ".join(short) + ".", file=sys.stderr)
    return 1 if broken or short else 0


async def _ended_by_signals(options: argparse.Namespace, signals: list[signal.Signals]) -> Results:
    """The first signal ends everything in good order; further ones change nothing, so that it stays in good order."""
    task = asyncio.current_task()
    assert task is not None
    loop = asyncio.get_running_loop()

    def end(number: signal.Signals) -> None:
        signals.append(number)
        if len(signals) == 1:
            task.cancel()

    if sys.platform != "win32":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, end, number)
    return await _bench(options)


async def _bench(options: argparse.Namespace) -> Results:
    plan = Plan(
        rounds=options.rounds or (3 if options.quick else 5),
        bounds=Bounds(options.seconds or (0.5 if options.quick else 2.0), options.requests),
        clients=options.clients or ([1, 4] if options.quick else [1, 4, 16, 64]),
        programs=[program for program in PROGRAMS if options.only in (None, program.name)],
        measures=[measure for measure in MEASURES if options.only in (None, measure.program)],
    )
    node = shutil.which("node") if options.plain != "python" else None
    if options.plain == "node" and node is None:
        raise BenchError("There is no node on the PATH: install it, or leave out --plain node.")
    async with AsyncExitStack() as stack:
        setup = await stack.enter_async_context(prepared(node, options.serve_arguments))
        about = machine(node)
        print(
            f"Snakepen {__version__}; {about['cores']} cores, {about['system']}, Python {about['python']}; "
            f"plain: {about['plain']}; load average {about['load_average']}"
        )
        print(
            f"Every figure is the median of the rounds: {plan.rounds}; "
            f"a cell ends after {plan.bounds.seconds:g} s or {plan.bounds.runs} runs"
        )
        echo = await own_cost()
        print(
            f"The load client itself: {echo.client_cpu_ms_per_run:.2f} ms of CPU a request; "
            f"an empty HTTP server answers it in {echo.percentile_ms(50):.2f} ms (p50)\n",
            flush=True,
        )
        results = await run(plan, setup, lambda text: print(text, file=sys.stderr, flush=True))
    for line in report(results):
        print(line)
    if options.json:
        _write_json(options.json, about, echo_ms=echo.percentile_ms(50), results=results)
    return results


def _write_json(file: Path, about: dict[str, Any], *, echo_ms: float, results: Results) -> None:
    whole = {
        "snakepen": __version__,
        "machine": about,
        "echo_p50_ms": echo_ms,
        "absent": results.absent,
        "cells": results.to_json(),
        "figures": results.figures,
    }
    file.write_text(json.dumps(whole, indent=1) + "\n", "utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__, allow_abbrev=False)
    parser.add_argument("--quick", action="store_true", help="three short rounds, 1 and 4 clients: under two minutes")
    parser.add_argument("--rounds", type=_positive, metavar="N", help="how many (default: 5)")
    parser.add_argument("--seconds", type=_seconds, metavar="S", help="the longest that a cell asks (default: 2)")
    parser.add_argument(
        "--requests", type=_positive, default=300, metavar="N", help="the most in a cell (default: 300)"
    )
    parser.add_argument("--clients", type=_numbers, metavar="N,N", help="how many at once (default: 1,4,16,64)")
    parser.add_argument("--only", choices=[program.name for program in PROGRAMS], help="one program")
    parser.add_argument(
        "--plain", choices=["node", "python"], help="what the plain way is written in (default: node where it is)"
    )
    parser.add_argument("--serve-arguments", default="", metavar="ARGS", help="given to 'snakepen serve': write =ARGS")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures of every round")
    parser.add_argument("--must", action="store_true", help="exit with 1 also when what must be reached is not")
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < 3600:
        raise argparse.ArgumentTypeError(f"{text} is not above 0 and below 3600")
    return seconds


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


def _numbers(text: str) -> list[int]:
    return [_positive(part) for part in text.split(",")]


if __name__ == "__main__":
    sys.exit(main())
