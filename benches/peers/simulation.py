#!/usr/bin/env python3
"""The rules of `docs/methods/simulation.md` in Mesa, the usual Python toolkit for agent-based models, beside Winset on the same case.

    python3 -m venv .venv && .venv/bin/pip install mesa && .venv/bin/python benches/peers/simulation.py [RUNS OF WINSET] [RUNS OF MESA]

Prints runs a second of both and the ratio, and how both runs end. Written the way one writes such a model: an agent for each actor and each track, worth
computed from the case when it is asked, results of judging packages kept in a dictionary. Simplified: no levers, no policies, no events to come, no durability
(everybody behind the seats counts as carrying a deal), one proposal list for mandated and concluding deals, Python's own random numbers.
"""

import itertools
import json
import math
import pathlib
import re
import subprocess
import sys
import time
import tomllib

import mesa

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASE = ROOT / "cases/syria-2017/case.toml"


def number(value):
    """The point value of a number in any of the ways a case writes it."""
    if isinstance(value, (int, float)):
        return float(value)
    if "value" in value:
        return float(value["value"])
    if "mode" in value:
        return float(value["mode"])
    return (value["low"] + value["high"]) / 2


class Conditions:
    """Conditions of the case as Python expressions over a deal: `o` is the outcome, `b` the one before, `t` the track, `c` what is concluded."""

    def __init__(self, case):
        self.case = case
        self.known = {}

    def compiled(self, text):
        if text not in self.known:
            self.known[text] = eval(f"lambda o, b, t, c: {self.python(text)}", {"case": self.case, "self": self})
        return self.known[text]

    def python(self, text):
        text = " ".join(text.split())
        for word in re.findall(r"[\w-]+", text):
            if word in self.case.get("define", {}):
                text = re.sub(rf"(?<![\w-]){re.escape(word)}(?![\w-])", f"( {self.case['define'][word]} )", text)
                return self.python(text)
        tokens = re.findall(r"[\w.-]+\([^()]*\)(?:\s*>=\s*\d+)?|\{[^}]*\}|!=|=|\(|\)|[\w-]+", text)
        return self.iff(tokens)

    def iff(self, tokens):
        value = self.either(tokens)
        if tokens and tokens[0] == "implies":
            tokens.pop(0)
            return f"(not {value} or {self.iff(tokens)})"
        return value

    def either(self, tokens):
        parts = [self.both(tokens)]
        while tokens and tokens[0] == "or":
            tokens.pop(0)
            parts.append(self.both(tokens))
        return "(" + " or ".join(parts) + ")"

    def both(self, tokens):
        parts = [self.atom(tokens)]
        while tokens and tokens[0] == "and":
            tokens.pop(0)
            parts.append(self.atom(tokens))
        return "(" + " and ".join(parts) + ")"

    def atom(self, tokens):
        token = tokens.pop(0)
        if token == "not":
            return f"(not {self.atom(tokens)})"
        if token == "(":
            value = self.iff(tokens)
            tokens.pop(0)
            return value
        called = re.match(r"([\w-]+)\(([^)]*)\)(?:\s*>=\s*(\d+))?", token)
        if called:
            return self.predicate(*called.groups())
        operator, option = tokens.pop(0), tokens.pop(0)
        if operator == "in":
            return f"(o[{token!r}] in {[part.strip() for part in option.strip('{}').split(',')]!r})"
        return f"(o[{token!r}] {'==' if operator == '=' else '!='} {option!r})"

    def predicate(self, name, argument, least):
        tracks = "case['track']"
        roles = f"(lambda s: [s] if isinstance(s, str) else s)({tracks}[t]['seats'].get({argument!r}, []))"
        return {
            "changed": f"(o[{argument!r}] != case['today'][{argument!r}])",
            "touched": f"(b is not None and o[{argument!r}] != b[{argument!r}])",
            "at": f"(t == {argument!r})",
            "auspices": f"(t is not None and 'convener' in {roles})",
            "seated": f"(t is not None and {argument!r} in {tracks}[t]['seats'])",
            "parties": f"(t is not None and sum('party' in r for r in {tracks}[t]['seats'].values()) >= {least})",
            "concluded": f"({argument!r} in c)",
            "lever": "False",
            "satisfied": f"self.satisfied({argument!r}, o, c)",
        }[name]

    def benchmark(self, framework, name):
        body = self.case["framework"][framework]["benchmarks"][name]
        return self.compiled(body if isinstance(body, str) else body["nominal"])

    def satisfied(self, framework, outcome, concluded):
        names = self.case["framework"][framework]["benchmarks"]
        return all(self.benchmark(framework, name)(outcome, None, None, concluded) for name in names)


class Actor(mesa.Agent):
    """An actor with its tastes and fortunes."""

    def __init__(self, model, name, body, dynamics):
        super().__init__(model)
        self.name, self.body = name, body
        weights = {issue: number(weight) for issue, weight in body.get("weights", {}).items() if issue in model.case["issue"]}
        total = sum(weights.values()) or 1
        self.weights = {issue: weight / total for issue, weight in weights.items()}
        self.values = {issue: {option: number(value) for option, value in body["values"][issue].items()} for issue in weights}
        self.patrons = [(tie["from"], number(tie["leverage"])) for tie in model.case["tie"].values() if tie["kind"] == "patron" and tie["to"] == name]
        get = lambda key, default: number(dynamics[key]) if key in dynamics else default
        fights = body.get("kind") in ("government", "armed-group")
        self.shock, self.drift = get("shock", 0.02 if fights else 0.0), get("drift", 0.0)
        self.fatigue, self.collapse = get("fatigue", 0.0), get("collapse", 0.0)
        self.against, self.correlation = dynamics.get("against"), get("correlation", 0.5)
        for tie_name, tie in model.case["tie"].items():
            if tie["kind"] == "patron" and tie["to"] == name:
                support = model.dynamics.get("tie", {}).get(tie_name, {}).get("support", 0.0)
                self.collapse *= 1 - number(support)
        self.position, self.distrust, self.gained = 0, 0.0, False

    def worth(self, outcome, concluded):
        worth = sum(weight * self.values[issue][outcome[issue]] for issue, weight in self.weights.items())
        for linkage in self.body.get("linkage", []):
            if self.model.conditions.compiled(linkage["when"])(outcome, None, None, concluded):
                worth += number(linkage["bonus"])
        return worth

    def cost(self):
        fallback = self.body.get("fallback", 0.0)
        if isinstance(fallback, dict) and "cost_of_going_on" in fallback:
            return number(fallback["cost_of_going_on"])
        return self.worth(self.model.case["today"], frozenset()) - number(fallback)

    def fight(self):
        bound, luck = self.model.bound, self.model.random
        if self.shock > 0:
            gains = luck.random() < 0.5 * (1 + self.drift / self.shock)
            other = self.model.actors.get(self.against)
            if other and luck.random() < self.correlation:
                gains = not other.gained
            self.gained = gains
            reach = int(bound / self.shock + 1e-9)
            self.position = max(-reach, min(reach, self.position + (1 if gains else -1)))
        self.distrust *= 1 - self.model.recovery

    def demand(self):
        moved = self.shock * self.position - self.fatigue * self.model.round
        return max(-self.model.bound, min(self.model.bound, moved)) if self.shock or self.fatigue else 0.0


class Track(mesa.Agent):
    """A venue."""

    def __init__(self, model, name, body, dynamics):
        super().__init__(model)
        self.name, self.body = name, body
        get = lambda key, default: number(dynamics[key]) if key in dynamics else default
        guaranteed = any("guarantor" in roles for roles in body["seats"].values())
        self.meets, self.fails = get("meets", 0.5), get("fails", 0.0)
        self.hazard = get("hazard", 0.02) * (1 - get("enforcement", 0.5 if guaranteed else 0.0))
        self.sponsors = [number(each.get("leaving", 0)) > number(each.get("staying", 0)) for each in dynamics.get("sponsors", {}).values()]
        votes = lambda roles: "party" in roles or "guarantor" in roles
        self.seats = [name for name, roles in body["seats"].items() if votes([roles] if isinstance(roles, str) else roles)]
        self.seats = [name for name in self.seats if model.judges(name)]
        self.open, self.idle = body.get("status", "open") != "closed" and bool(self.seats), 0

    def packages(self):
        """The deals it may make from what stands, each judged once for a standing."""
        model = self.model
        key = (self.name, tuple(model.outcome.values()), model.concluded, frozenset(model.ended))
        if key not in model.known:
            model.known[key] = list(self.judged())
        return model.known[key]

    def judged(self):
        model = self.model
        agenda = self.body["agenda"]
        framework = self.body.get("concludes")
        mandate = model.conditions.compiled(self.body["mandate"]) if "mandate" in self.body else None
        members = model.behind(self.seats)
        for options in itertools.product(*(model.case["issue"][issue]["options"] for issue in agenda)):
            outcome = model.outcome | dict(zip(agenda, options))
            concludes = framework is not None and framework not in model.concluded and model.conditions.satisfied(framework, outcome, model.concluded)
            after = model.concluded | {framework} if concludes else model.concluded
            if not concludes and (outcome == model.outcome or (mandate and not mandate(outcome, model.outcome, self.name, after))):
                continue
            margins, ends, gains = {}, set(), set()
            for name in members:
                actor = model.actors[name]
                before, worth = actor.worth(model.outcome, model.concluded), actor.worth(outcome, after)
                margin = worth - before
                if name not in model.ended and model.conditions.compiled(actor.body.get("ends", f"concluded({framework})"))(outcome, None, None, after):
                    margin += actor.cost()
                    ends.add(name)
                if worth > before:
                    gains.add(name)
                for line in actor.body.get("red_line", []):
                    breaks = model.conditions.compiled(line["when"])
                    content = not re.search(r"\b(at|auspices|seated|parties|touched)\(|abroad", line["when"])
                    if content and breaks(model.outcome, None, None, model.concluded):
                        continue
                    if breaks(outcome, model.outcome, self.name, after):
                        margin -= number(line["price"]) if "price" in line else math.inf
                margins[name] = margin
            yield outcome, concludes, margins, ends, gains

    def margin(self, package, name, error=0.0):
        """As things stand: patrons press where they accept and gain."""
        model, actor = self.model, self.model.actors[name]
        _, _, margins, ends, gains = package
        margin = margins[name] - actor.distrust - (actor.demand() if name in ends else 0.0) + error
        pressure = sum(leverage for patron, leverage in actor.patrons if patron in gains and self.margin(package, patron) >= 0)
        return margin + min(pressure, sum(leverage for _, leverage in actor.patrons))

    def passes(self, yes):
        if self.body.get("rule") == "council":
            votes = self.body.get("votes", {})
            vetoed = any(holder in self.seats and holder not in yes for holder in self.body["veto"])
            return not vetoed and sum(votes.get(name, 1) for name in yes) >= number(self.body["quota"])
        return len(yes) == len(self.seats)

    def meet(self):
        model, luck = self.model, self.model.random
        proposer = luck.choice(self.seats)
        own = model.judges(proposer)
        errors = {}
        best = None
        for package in self.packages():
            value = package[2][own[-1]]
            if best and value <= best[0]:
                continue
            believed = []
            for seat in self.seats:
                for name in model.judges(seat):
                    if name not in errors:
                        errors[name] = 0.0 if name in own else max(-3, min(3, luck.gauss())) * model.beliefs
                if all(self.margin(package, name, errors[name]) >= 0 for name in model.judges(seat)):
                    believed.append(seat)
            if proposer in believed and self.passes(believed):
                best = (value, package)
        if best is None:
            return
        package = best[1]
        yes = []
        for seat in self.seats:
            def answer(name):
                margin = self.margin(package, name) / model.responses
                return margin > 30 or (margin > -30 and luck.random() < 1 / (1 + math.exp(-margin)))
            if seat == proposer or all(answer(name) for name in model.judges(seat)):
                yes.append(seat)
        if self.passes(yes):
            model.agree(self, package)


class Process(mesa.Model):
    """One run of the process."""

    def __init__(self, case, known, seed):
        super().__init__(seed=seed)
        self.case, self.known, self.dynamics = case, known, case.get("simulation", {})
        self.conditions = case["conditions"]
        top = lambda key, default: number(self.dynamics.get(key, default))
        self.responses, self.beliefs, self.bound = top("noise_of_responses", 0.02), top("noise_of_beliefs", 0.05), top("bound", 0.25)
        self.mistrust, self.recovery, self.wear = top("distrust", 0.05), top("recovery", 0.1), top("wear", 0.1)
        self.common = top("correlation_of_failures", 0.0)
        self.horizon, self.patience = self.dynamics.get("horizon", 60), self.dynamics.get("patience", 12)
        self.outcome, self.concluded, self.ended = dict(case["today"]), frozenset(), set()
        self.round, self.agreements, self.ending = 0, [], None
        of = lambda kind, name: self.dynamics.get(kind, {}).get(name, {})
        self.actors = {name: Actor(self, name, body, of("actor", name)) for name, body in case["actor"].items() if "weights" in body}
        self.tracks = [Track(self, name, body, of("track", name)) for name, body in case["track"].items()]

    def judges(self, seat):
        body = self.case["actor"][seat]
        if "principal" not in body:
            return [seat] if seat in self.actors else []
        return self.judges(body["principal"]) + ([seat] if "weights" in body else [])

    def behind(self, seats):
        names = dict.fromkeys(name for seat in seats for name in self.judges(seat))
        for name in list(names):
            names.update(dict.fromkeys(patron for patron, _ in self.actors[name].patrons))
        return list(names)

    def agree(self, track, package):
        outcome, concludes, _, ends, _ = package
        changed = {issue for issue, option in outcome.items() if option != self.outcome[issue]}
        for agreement in self.agreements:
            for issue in changed:
                agreement["back"].pop(issue, None)
        self.agreements = [agreement for agreement in self.agreements if agreement["back"]]
        self.agreements.append({"track": track, "package": package, "back": {issue: self.outcome[issue] for issue in changed}, "health": 1.0})
        self.outcome, self.ended, track.idle = dict(outcome), self.ended | ends, 0
        if concludes:
            self.concluded |= {track.body["concludes"]}
            self.ending = "settlement"

    def step(self):
        self.round += 1
        for actor in self.actors.values():
            actor.fight()
        for track in self.tracks:
            if track.open and self.random.random() < track.meets and self.ending is None:
                track.meet()
        for agreement in list(self.agreements):
            track = agreement["track"]
            names = [name for seat in track.seats for name in self.judges(seat)]
            content = all(track.margin(agreement["package"], name) >= 0 for name in names)
            agreement["health"] = max(0.0, min(1.0, agreement["health"] + (self.wear if content else -self.wear)))
            if self.random.random() < track.hazard * (2 - agreement["health"]):
                self.outcome |= agreement["back"]
                self.agreements.remove(agreement)
                for name in set(names):
                    self.actors[name].distrust += self.mistrust
                self.ended = {name for name in self.ended if self.conditions.compiled(self.actors[name].body["ends"])(self.outcome, None, None, self.concluded)}
        together, one = self.random.random() < self.common, self.random.random()
        for track in self.tracks:
            track.idle += 1
            if track.open and (one if together else self.random.random()) < track.fails:
                track.open = False
            dead = track.idle >= self.patience and all(agreement["track"] is not track for agreement in self.agreements)
            if track.open and dead and track.sponsors and not any(track.sponsors):
                track.open = False
        for actor in self.actors.values():
            reach = int(self.bound / actor.shock + 1e-9) if actor.shock else 0
            if actor.collapse and self.random.random() < actor.collapse * (1 - (actor.position / reach if reach else 0)):
                self.ending = self.ending or "collapse"

    def run(self):
        while self.ending is None and self.round < self.horizon:
            self.step()
        return self.ending or "horizon"


def load():
    case = tomllib.loads(CASE.read_text())
    case["today"] = {name: issue.get("today", issue["options"][0]) for name, issue in case["issue"].items()}
    case["conditions"] = Conditions(case)
    return case


def main():
    winset_runs = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    mesa_runs = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    binary = ROOT / "target/release/winset"
    binary = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else binary
    began = time.perf_counter()
    printed = subprocess.run([binary, "simulate", CASE.parent, "-n", str(winset_runs), "--seed", "7", "--threads", "2", "--json"], check=True, capture_output=True, text=True)
    ours = winset_runs / (time.perf_counter() - began)
    case, known = load(), {}
    Process(case, known, 0).run()
    began = time.perf_counter()
    endings = {}
    for seed in range(mesa_runs):
        ending = Process(case, known, seed).run()
        endings[ending] = endings.get(ending, 0) + 1
    theirs = mesa_runs / (time.perf_counter() - began)
    classes = {}
    for row in json.loads(printed.stdout)["endings"]:
        name = row["ending"]["class"]
        name = name if name in ("settlement", "collapse") else "horizon"
        classes[name] = classes.get(name, 0.0) + row["share"]["share"]
    print(f"winset: {ours:,.0f} runs a second on two threads, reading and printing included; ends {({key: round(value, 3) for key, value in classes.items()})}")
    print(f"mesa {mesa.__version__}: {theirs:,.1f} runs a second on one thread; ends {({key: round(value / mesa_runs, 3) for key, value in endings.items()})}")
    print(f"ratio: {ours / theirs:,.0f}")


if __name__ == "__main__":
    main()
