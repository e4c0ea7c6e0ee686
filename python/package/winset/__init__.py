"""Is there a deal at each table of a peace process, who blocks it, and what would unlock it.

>>> import winset
>>> case = winset.read(winset.starter())  # or winset.load("cases/syria-2017")
>>> talks = case.settle("talks")
>>> talks.has_deal, talks.acceptable_count
(True, 2)
>>> harder = case.what_if(edits="actor.upland.cost_of_going_on = 0.2")
>>> harder.settle("talks").unlocks.levers.minimal
[['fund']]

Answers are objects whose attributes are named as the keys of `--json`. Printed, they are what the command prints; their tables
(`answer.table("tracks")`) become those of pyarrow, pandas and Polars. `winset.sweep` runs a case at many points, here or on many machines.
"""

from winset import sweep
from winset._native import __version__
from winset.case import Case, GraphModel, load, load_graph_model, read
from winset.diagnostics import Diagnostic
from winset.errors import CaseError, FileError, NotComputed, ScenarioError, SweepError, UnitError, UsageError, WinsetError
from winset.results.brief import Brief
from winset.results.claims import Claims
from winset.results.comparisons import Comparison, Difference
from winset.results.record import Check, Evidence, Status
from winset.results.settlements import Settlements, TrackAnswer
from winset.results.simulation import Simulation
from winset.results.stability import Stability
from winset.table import Table
from winset.tools import ImportedCase, check, import_scenario, lay_out, schema, starter

__all__ = [
    "Brief", "Case", "CaseError", "Check", "Claims", "Comparison", "Diagnostic", "Difference", "Evidence", "FileError", "GraphModel",
    "ImportedCase", "NotComputed", "ScenarioError", "Settlements", "Simulation", "Stability", "Status", "SweepError", "Table", "TrackAnswer",
    "UnitError", "UsageError", "WinsetError", "__version__", "check", "import_scenario", "lay_out", "load", "load_graph_model", "read", "schema",
    "starter", "sweep",
]
