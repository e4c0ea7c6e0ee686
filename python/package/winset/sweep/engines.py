"""Sweeps on many machines. The engines are not installed with this package: each is imported when it is asked for.

Workers need this package and no folder: they send the files of their units back, and whoever asked writes them. An engine tries a unit again whose
worker died. What a unit itself raises is sent back as an answer, so no engine tries that again.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from os import PathLike
from typing import Any, NamedTuple

from winset.errors import UnitError
from winset.sweep.plan import Plan
from winset.sweep.work import Progress, _plan, compute_unit, take_unit, unit_file

__all__ = ["Made", "collect", "on_dask", "on_ray", "on_spark"]

_IN_FLIGHT = 64
"""Units handed to an engine at a time, at least. More than a few per worker would only wait, with what they made in memory."""


class Made(NamedTuple):
    """What became of a unit on a worker."""

    unit: int
    """Its number."""
    content: bytes | None
    """Its file; empty where the worker wrote it; nothing where the unit failed."""
    why: str | None
    """Why it failed."""


Make = Callable[[Plan, int], Made]
Engine = Callable[[Make, Plan, Iterator[int]], Iterator[Made]]


def collect(
    plan: Plan | str | PathLike[str],
    out: str | PathLike[str] | None,
    engine: Engine,
    *,
    shared: bool = False,
    progress: Progress | None = None,
) -> int:
    """Computes the units that are not in a folder yet with an engine; gives how many were computed. `on_dask` and the others are this.

    The engine is called with a function, the plan and the numbers of units. It calls the function with the plan and each number, wherever it likes,
    and yields what the function gives, in any order. Where a unit fails, no more are begun, those under way are kept, and `UnitError` is raised.
    """
    plan = _plan(plan)
    target = plan if out is None else plan.into(out)
    missing = target.missing
    failed: dict[int, str] = {}

    def units() -> Iterator[int]:
        yield from (unit for unit in missing if not failed)

    done = 0
    with closing(_generator(engine(_write if shared else _make, target if shared else plan, units()))) as results:
        for unit, content, why in results:
            if content is None:
                failed[unit] = why or "no reason was given"
                continue
            if not shared:
                take_unit(target, unit, content)
            done += 1
            if progress is not None:
                progress(done, len(missing))
    if failed:
        raise UnitError(failed)
    return done


def on_dask(
    client: Any,
    plan: Plan | str | PathLike[str],
    out: str | PathLike[str] | None = None,
    *,
    shared: bool = False,
    progress: Progress | None = None,
) -> int:
    """Computes the units of a sweep that are not there yet on the cluster of a `distributed.Client`; gives how many were computed.

    `out` is the folder of the sweep, on this machine; that of the plan if left out. Where workers see it under the same path, `shared=True` lets them
    write into it themselves. A unit whose worker died is computed again by another, as often as Dask's `allowed-failures` lets it.
    """
    distributed = _module("distributed", "Dask Distributed", "dask")

    def engine(make: Make, plan: Plan, units: Iterator[int]) -> Iterator[Made]:
        # As the result of a task the plan is sent to each worker once, and again where all who had it died.
        held = client.submit(_same, plan, pure=False)
        under_way: dict[Any, int] = {}
        results = distributed.as_completed()

        def more() -> None:
            room = max(_IN_FLIGHT, 4 * sum(client.nthreads().values())) - len(under_way)
            for unit in islice(units, max(0, room)):
                future = client.submit(make, held, unit, pure=False, retries=0)
                under_way[future] = unit
                results.add(future)

        try:
            more()
            for future in results:
                unit = under_way.pop(future)
                if isinstance(future.exception(), distributed.KilledWorker):
                    yield Made(unit, None, f"every worker died that computed it: {future.exception()}")
                else:
                    yield future.result()
                future.release()
                if len(under_way) <= _IN_FLIGHT // 2:
                    more()
        finally:
            client.cancel(list(under_way))

    return collect(plan, out, engine, shared=shared, progress=progress)


def on_ray(
    plan: Plan | str | PathLike[str],
    out: str | PathLike[str] | None = None,
    *,
    shared: bool = False,
    progress: Progress | None = None,
) -> int:
    """Does what `on_dask` does on the Ray cluster that `ray.init` has named, or on this machine. A unit whose worker died is tried three times more."""
    ray = _module("ray", "Ray", "ray")

    def engine(make: Make, plan: Plan, units: Iterator[int]) -> Iterator[Made]:
        task = ray.remote(max_retries=3, retry_exceptions=False)(make)
        held = ray.put(plan)
        room = max(_IN_FLIGHT, 4 * int(ray.cluster_resources().get("CPU", 1)))
        under_way = {task.remote(held, unit): unit for unit in islice(units, room)}
        try:
            while under_way:
                (ready, *_), _ = ray.wait(list(under_way), num_returns=1)
                unit = under_way.pop(ready)
                try:
                    made = ray.get(ready)
                except ray.exceptions.RayTaskError:
                    raise
                except ray.exceptions.RayError as error:
                    made = Made(unit, None, f"every worker died that computed it: {error}")
                yield made
                under_way.update({task.remote(held, unit): unit for unit in islice(units, 1)})
        finally:
            for each in under_way:
                ray.cancel(each)

    return collect(plan, out, engine, shared=shared, progress=progress)


def on_spark(
    session: Any,
    plan: Plan | str | PathLike[str],
    out: str | PathLike[str] | None = None,
    *,
    shared: bool = False,
    progress: Progress | None = None,
) -> int:
    """Does what `on_dask` does on the cluster of a `pyspark.sql.SparkSession`.

    A unit whose worker died is tried again as often as `spark.task.maxFailures` lets it: on one machine, `local[2]`, not at all; `local[2,4]` up to
    four times.
    """
    _module("pyspark", "Spark", "spark")

    def engine(make: Make, plan: Plan, units: Iterator[int]) -> Iterator[Made]:
        room = max(_IN_FLIGHT, 4 * session.sparkContext.defaultParallelism)
        while batch := list(islice(units, room)):

            def work(parts: Iterator[Any], batch: list[int] = batch) -> Iterator[Any]:
                import pyarrow

                for part in parts:
                    made = [make(plan, batch[place]) for place in part.column("id").to_pylist()]
                    yield pyarrow.RecordBatch.from_pylist([each._asdict() for each in made], schema=part_schema(pyarrow))

            # One partition, and so one task, for each unit.
            rows = session.range(0, len(batch), 1, len(batch)).mapInArrow(work, "unit long, content binary, why string")
            for row in rows.collect():
                yield Made(row.unit, None if row.content is None else bytes(row.content), row.why)

    def part_schema(pyarrow: Any) -> Any:
        return pyarrow.schema([("unit", pyarrow.int64()), ("content", pyarrow.binary()), ("why", pyarrow.string())])

    return collect(plan, out, engine, shared=shared, progress=progress)


def _make(plan: Plan, unit: int) -> Made:
    """Computes a unit on a worker, and gives its file."""
    try:
        return Made(unit, unit_file(plan, unit), None)
    except Exception as error:
        return Made(unit, None, f"{type(error).__name__}: {error}")


def _write(plan: Plan, unit: int) -> Made:
    """Computes a unit on a worker that sees the folder, and writes its file."""
    try:
        compute_unit(plan, unit)
        return Made(unit, b"", None)
    except Exception as error:
        return Made(unit, None, f"{type(error).__name__}: {error}")


def _same(plan: Plan) -> Plan:
    return plan


def _generator(results: Iterator[Made]) -> Any:
    """Something that can be closed, whatever the engine gave."""
    return results if hasattr(results, "close") else (each for each in results)


def _module(name: str, called: str, extra: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ImportError(f"this needs {called}, which is not installed: pip install 'winset[{extra}]'") from error
