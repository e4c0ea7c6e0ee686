"""A case run at many points, here or on many machines: what `winset sweep` does.

>>> import tempfile, winset
>>> case = winset.read(winset.starter())
>>> folder = tempfile.TemporaryDirectory()
>>> plan = winset.sweep.plan(case, folder.name, vary="lever.fund = on, off", runs=300, shard=200)
>>> plan
<Plan of 'A river and its dam': 2 points (grid), 300 runs each, seed 1, in 4 units>
>>> winset.sweep.run(plan)
4
>>> reduced = winset.sweep.reduce(plan)
>>> [point.edits for point in reduced.points]
[['lever.fund = on'], ['lever.fund = off']]
>>> winset.sweep.verify(plan).rows
600
>>> folder.cleanup()

A unit of work is a pure function of the plan and its number. Its file takes its name when it is complete, so a sweep that was stopped goes on
where it was, and units may be computed anywhere, in any order, by any engine: `on_dask`, `on_ray`, `on_spark`, or one of your own (`collect`).
"""

from winset.sweep.engines import Made, collect, on_dask, on_ray, on_spark
from winset.sweep.plan import Column, Plan, Unit, load, plan, read
from winset.sweep.work import compute_unit, reduce, run, run_unit, take_unit, unit_file, verify

__all__ = [
    "Column", "Made", "Plan", "Unit", "collect", "compute_unit", "load", "on_dask", "on_ray", "on_spark", "plan", "read", "reduce", "run",
    "run_unit", "take_unit", "unit_file", "verify",
]
