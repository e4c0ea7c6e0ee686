//! What the path of an edit names, and what may happen to it.

use super::edits::{Draft, SET, Value, clears, is_none};
use super::names::{FallbackForm, Ids, Kind, Names};
use super::parser::{Name, Parser};
use super::place::Place;
use super::report::list;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::edit::{Change, NumberTarget, Operator};
use crate::model::{
    ActorId, BenchmarkReading, BlocId, FrameworkId, IssueId, LeverId, LinkageId, MoveId, PackageId, Parameter, Policy,
    ReadingId, RedLineId, Role, Rule, Status, TieId, TrackId,
};

impl<'a> Parser<'_, 'a> {
    pub(super) fn change(&mut self, draft: &Draft<'a>) -> Option<Change> {
        let words: Vec<&str> = draft.path.iter().map(|name| name.text).collect();
        match words[..] {
            ["actor", _, ..] => self.actor_change(draft, &words[2..]),
            ["track", _, ..] => self.track_change(draft, &words[2..]),
            ["tie", _, "leverage"] => {
                let tie = TieId(self.find(Kind::Tie, &draft.path[1])?);
                if !self.reader.names.patronages[tie.0] {
                    let message = format!("`{}` is no patron's tie: it carries no leverage", draft.path[1].text);
                    return self.bad(draft, &message, "name a tie of the kind `patron`");
                }
                self.number_change(draft, NumberTarget::Leverage(tie))
            }
            ["tie", _] => {
                let tie = TieId(self.find(Kind::Tie, &draft.path[1])?);
                Some(Change::Tie(tie, self.on_or_off(draft)?))
            }
            ["tie", _, ..] => self.no_such_path(draft, 2, &["leverage"]),
            ["package", _, "content", _] => {
                let package = PackageId(self.find(Kind::Package, &draft.path[1])?);
                let issue = IssueId(self.find(Kind::Issue, &draft.path[3])?);
                let option = self.single(draft, SET, "an option of the issue")?;
                let (text, span) = (option.name.text, option.name.span.clone());
                Some(Change::Content(package, issue, self.reader.option(issue, text, span)?))
            }
            ["package", _, "content"] => self.incomplete_path(draft, "content.ISSUE"),
            ["package", _, ..] => self.no_such_path(draft, 2, &["content"]),
            ["framework", _, "reading"] => {
                let framework = FrameworkId(self.find(Kind::Framework, &draft.path[1])?);
                let readings = BenchmarkReading::WORDS;
                let reading = self.word(draft, "reading", readings, BenchmarkReading::from_word)?;
                Some(Change::Reading(framework, reading))
            }
            ["framework", _, "benchmarks", _] => {
                let framework = FrameworkId(self.find(Kind::Framework, &draft.path[1])?);
                let (_, benchmark) = self.reader.benchmark_of(framework, &draft.path[3])?;
                if clears(draft) {
                    return Some(Change::Benchmark(framework, benchmark, None));
                }
                let condition = self.condition(draft, Place::Benchmark)?;
                Some(Change::Benchmark(framework, benchmark, Some(condition)))
            }
            ["framework", _, ..] => self.no_such_path(draft, 2, &["reading", "benchmarks"]),
            ["issue", _, "today"] => {
                let issue = IssueId(self.find(Kind::Issue, &draft.path[1])?);
                if self.reader.no_agreement {
                    return self.bad(draft, "nothing stands today in this case", "change `[case]` `today` in the file");
                }
                let option = self.single(draft, SET, "an option")?;
                let (text, span) = (option.name.text, option.name.span.clone());
                Some(Change::Today(issue, self.reader.option(issue, text, span)?))
            }
            ["issue", _, ..] => self.no_such_path(draft, 2, &["today"]),
            ["lever", _] => {
                let lever = LeverId(self.find(Kind::Lever, &draft.path[1])?);
                Some(Change::Lever(lever, self.on_or_off(draft)?))
            }
            ["lever", _, "intensity"] => {
                let lever = LeverId(self.find(Kind::Lever, &draft.path[1])?);
                let operand = self.amount(draft, &[Operator::Set, Operator::Multiply])?;
                Some(Change::Number(NumberTarget::Intensity(lever), draft.operator, operand))
            }
            ["lever", _, "available"] => {
                let lever = LeverId(self.find(Kind::Lever, &draft.path[1])?);
                let available =
                    self.word(draft, "truth value", &["true", "false"], |word| word.parse::<bool>().ok())?;
                Some(Change::Available(lever, available))
            }
            ["lever", _, ..] => self.no_such_path(draft, 2, &["intensity", "available"]),
            ["stability", "lever_cost_unit"] => self.number_change(draft, NumberTarget::LeverCostUnit),
            ["stability", "preference", _, "weights", _] => {
                let actor = self.find(Kind::Actor, &draft.path[2])?;
                let held = self.find(Kind::Move, &draft.path[4])?;
                if !self.reader.names.weighed_moves.contains(&(actor, held)) {
                    let (actor, held) = (draft.path[2].text, draft.path[4].text);
                    let message = format!("`{actor}` gives `{held}` no weight to change");
                    return self.bad(draft, &message, "give it one in `weights` of its preference first, if only 0");
                }
                self.number_change(draft, NumberTarget::MoveWeight(ActorId(actor), MoveId(held)))
            }
            ["stability", "preference", ..] => {
                let message = format!("an edit cannot change `{}`", draft.target);
                let help = "write `stability.preference.ACTOR.weights.MOVE`";
                self.error(Code::BadEdit, Self::path_span(draft), message, help);
                None
            }
            ["stability", ..] => self.no_such_path(draft, 1, &["lever_cost_unit", "preference"]),
            ["simulation", ..] => self.simulation_change(draft, &words[1..]),
            ["reading"] => {
                let reading = self.single(draft, SET, "the id of a reading")?.name.clone();
                Some(Change::Under(ReadingId(self.find(Kind::Reading, &reading)?)))
            }
            _ => self.no_such_path(
                draft,
                0,
                &[
                    "actor",
                    "tie",
                    "track",
                    "framework",
                    "issue",
                    "package",
                    "lever",
                    "stability",
                    "simulation",
                    "reading",
                ],
            ),
        }
    }

    fn actor_change(&mut self, draft: &Draft<'a>, rest: &[&str]) -> Option<Change> {
        let actor = self.find(Kind::Actor, &draft.path[1])?;
        let id = ActorId(actor);
        match rest {
            ["fallback"] => self.fallback_change(draft, actor),
            ["cost_of_going_on"] => self.cost_change(draft, actor),
            ["ends"] => Some(Change::Ends(id, self.condition(draft, Place::Ends)?)),
            ["weights", _] => {
                let issue = self.find(Kind::Issue, &draft.path[3])?;
                self.has(draft, actor, issue, "a weight", |names| names.actors[actor].weighted.contains(&issue))?;
                self.has(draft, actor, issue, "values", |names| names.actors[actor].valued.contains(&issue))?;
                self.number_change(draft, NumberTarget::Weight(id, IssueId(issue)))
            }
            ["values", _, _] => {
                let issue = self.find(Kind::Issue, &draft.path[3])?;
                let option = &draft.path[4];
                let option = self.reader.option(IssueId(issue), option.text, option.span.clone())?;
                self.has(draft, actor, issue, "values", |names| names.actors[actor].valued.contains(&issue))?;
                self.number_change(draft, NumberTarget::Value(id, IssueId(issue), option))
            }
            ["red_line", _, rest @ ..] => {
                let line = self.part_of(actor, "red line", &draft.path[3], |names| &names.actors[actor].red_lines)?;
                let line = RedLineId(line);
                match rest {
                    [] => Some(Change::RedLine(id, line, self.on_or_off(draft)?)),
                    ["when"] => Some(Change::RedLineWhen(id, line, self.condition(draft, Place::RedLine)?)),
                    ["price"] if clears(draft) => Some(Change::Unprice(id, line)),
                    ["price"] => {
                        let priced = self.reader.names.actors[actor].priced[line.0];
                        if !priced && draft.operator != Operator::Set {
                            let message = format!("`{}` has no price to change", draft.path[3].text);
                            return self.bad(draft, &message, "give it one with `=`");
                        }
                        self.number_change(draft, NumberTarget::Price(id, line))
                    }
                    _ => self.no_such_path(draft, 4, &["when", "price"]),
                }
            }
            ["linkage", _, rest @ ..] => {
                let linkage = self.part_of(actor, "linkage", &draft.path[3], |names| &names.actors[actor].linkages)?;
                let linkage = LinkageId(linkage);
                match rest {
                    [] => Some(Change::Linkage(id, linkage, self.on_or_off(draft)?)),
                    ["when"] => Some(Change::LinkageWhen(id, linkage, self.condition(draft, Place::Linkage)?)),
                    ["bonus"] => self.number_change(draft, NumberTarget::Bonus(id, linkage)),
                    _ => self.no_such_path(draft, 4, &["when", "bonus"]),
                }
            }
            ["weights", ..] => self.incomplete_path(draft, "weights.ISSUE"),
            ["values", ..] => self.incomplete_path(draft, "values.ISSUE.OPTION"),
            ["red_line"] => self.incomplete_path(draft, "red_line.ID"),
            ["linkage"] => self.incomplete_path(draft, "linkage.ID"),
            _ => {
                let parts = ["fallback", "cost_of_going_on", "ends", "weights", "values", "red_line", "linkage"];
                self.no_such_path(draft, 2, &parts)
            }
        }
    }

    /// A number of the simulation, or when a lever is used.
    fn simulation_change(&mut self, draft: &Draft<'a>, rest: &[&str]) -> Option<Change> {
        let parameter = match rest {
            ["noise_of_responses"] => Parameter::NoiseOfResponses,
            ["noise_of_beliefs"] => Parameter::NoiseOfBeliefs,
            ["bound"] => Parameter::Bound,
            ["distrust"] => Parameter::Distrust,
            ["recovery"] => Parameter::Recovery,
            ["wear"] => Parameter::Wear,
            ["correlation_of_failures"] => Parameter::CorrelationOfFailures,
            ["actor", _, key] => {
                let actor = ActorId(self.find(Kind::Actor, &draft.path[2])?);
                match *key {
                    "shock" => Parameter::Shock(actor),
                    "drift" => Parameter::Drift(actor),
                    "fatigue" => Parameter::Fatigue(actor),
                    "correlation" => Parameter::Correlation(actor),
                    "collapse" => Parameter::Collapse(actor),
                    _ => return self.no_such_path(draft, 3, &["shock", "drift", "fatigue", "correlation", "collapse"]),
                }
            }
            ["tie", _, "support"] => {
                let tie = TieId(self.find(Kind::Tie, &draft.path[2])?);
                if !self.reader.names.patronages[tie.0] {
                    let message = format!("`{}` is no patron's tie: nobody supports anybody", draft.path[2].text);
                    return self.bad(draft, &message, "name a tie of the kind `patron`");
                }
                Parameter::Support(tie)
            }
            ["track", _, rest @ ..] => {
                let track = TrackId(self.find(Kind::Track, &draft.path[2])?);
                match rest {
                    ["meets"] => Parameter::Meets(track),
                    ["fails"] => Parameter::Fails(track),
                    ["hazard"] => Parameter::Hazard(track),
                    ["enforcement"] => Parameter::Enforcement(track),
                    ["proposes", _] => Parameter::Proposes(track, ActorId(self.find(Kind::Actor, &draft.path[4])?)),
                    ["sponsors", _, "leaving"] => {
                        Parameter::Leaving(track, ActorId(self.find(Kind::Actor, &draft.path[4])?))
                    }
                    ["sponsors", _, "staying"] => {
                        Parameter::Staying(track, ActorId(self.find(Kind::Actor, &draft.path[4])?))
                    }
                    ["sponsors", _, ..] => return self.no_such_path(draft, 5, &["leaving", "staying"]),
                    _ => {
                        let parts = ["meets", "fails", "hazard", "enforcement", "proposes", "sponsors"];
                        return self.no_such_path(draft, 3, &parts);
                    }
                }
            }
            ["lever", _, "effort"] => Parameter::Effort(LeverId(self.find(Kind::Lever, &draft.path[2])?)),
            ["lever", _, "policy"] => {
                let lever = LeverId(self.find(Kind::Lever, &draft.path[2])?);
                let words = ["never", "always", "best-response"];
                let policy = self.word(draft, "policy", &words, |word| match word {
                    "never" => Some(Policy::Never),
                    "always" => Some(Policy::Always),
                    "best-response" => Some(Policy::BestResponse),
                    _ => None,
                })?;
                return Some(Change::Policy(lever, policy));
            }
            ["lever", _, "when"] => {
                let lever = LeverId(self.find(Kind::Lever, &draft.path[2])?);
                return Some(Change::Policy(lever, Policy::When(self.condition(draft, Place::Policy)?)));
            }
            ["lever", _, ..] => return self.no_such_path(draft, 3, &["policy", "when", "effort"]),
            ["event", _, "chance"] => {
                let name = &draft.path[2];
                let Some(event) = self.reader.names.future.get(name.text) else {
                    let (text, span) = (name.text, name.span.clone());
                    self.reader.unknown("event to come", text, span, |names| names.future.iter().collect());
                    return None;
                };
                Parameter::Chance(event)
            }
            ["event", _, ..] => return self.no_such_path(draft, 3, &["chance"]),
            _ => {
                let parts = [
                    "noise_of_responses",
                    "noise_of_beliefs",
                    "bound",
                    "distrust",
                    "recovery",
                    "wear",
                    "correlation_of_failures",
                    "actor",
                    "tie",
                    "track",
                    "lever",
                    "event",
                ];
                return self.no_such_path(draft, 1, &parts);
            }
        };
        self.number_change(draft, NumberTarget::Parameter(parameter))
    }

    fn fallback_change(&mut self, draft: &Draft<'a>, actor: usize) -> Option<Change> {
        let form = self.reader.names.actors[actor].fallback;
        match (form, draft.operator) {
            (FallbackForm::None, Operator::Add | Operator::Subtract | Operator::Multiply) => {
                let message = format!("`{}` has no fallback to change", draft.path[1].text);
                return self.bad(draft, &message, "give it one with `=`");
            }
            (FallbackForm::CostOfGoingOn | FallbackForm::War, Operator::Multiply) => {
                let message = format!("the fallback of `{}` is derived and cannot be multiplied", draft.path[1].text);
                return self.bad(draft, &message, "shift it with `+=` or `-=`, or set it with `=`");
            }
            _ => {}
        }
        self.number_change(draft, NumberTarget::Fallback(ActorId(actor)))
    }

    fn cost_change(&mut self, draft: &Draft<'a>, actor: usize) -> Option<Change> {
        let form = self.reader.names.actors[actor].fallback;
        if form == FallbackForm::None && draft.operator != Operator::Set {
            let message = format!("`{}` has no fallback to change", draft.path[1].text);
            return self.bad(draft, &message, "give it one with `=`");
        }
        if self.reader.no_agreement && draft.operator == Operator::Set {
            let message = "nothing stands today in this case, so that going on has no cost";
            return self.bad(draft, message, "edit `fallback` instead");
        }
        let operand = self.amount(draft, &[Operator::Set, Operator::Add, Operator::Subtract])?;
        Some(Change::Number(NumberTarget::CostOfGoingOn(ActorId(actor)), draft.operator, operand))
    }

    fn track_change(&mut self, draft: &Draft<'a>, rest: &[&str]) -> Option<Change> {
        let track = TrackId(self.find(Kind::Track, &draft.path[1])?);
        match rest {
            ["mandate"] => {
                if clears(draft) {
                    return Some(Change::Mandate(track, None));
                }
                let mandate = self.condition(draft, Place::Mandate);
                if mandate.is_none() {
                    self.reader.unread_mandate(track);
                }
                Some(Change::Mandate(track, Some(mandate?)))
            }
            ["agenda"] => {
                let issue = self.single(draft, &[Operator::Add, Operator::Subtract], "an issue")?.name.clone();
                let issue = self.find(Kind::Issue, &issue)?;
                Some(Change::Agenda(track, IssueId(issue), draft.operator == Operator::Add))
            }
            ["seats", _] => {
                let actor = ActorId(self.find(Kind::Actor, &draft.path[3])?);
                Some(Change::Seat(track, actor, self.roles(draft)?))
            }
            ["rule"] => self.rule_change(draft, track),
            ["quota"] => {
                if !self.reader.names.tracks[track.0].quota && draft.operator != Operator::Set {
                    let message = format!("`{}` has no quota to change", draft.path[1].text);
                    return self.bad(draft, &message, "give it one with `=`");
                }
                self.number_change(draft, NumberTarget::Quota(track))
            }
            ["votes", _] => {
                let actor = ActorId(self.find(Kind::Actor, &draft.path[3])?);
                self.number_change(draft, NumberTarget::Votes(track, actor))
            }
            ["share", _] => {
                let name = &draft.path[3];
                let Some(bloc) = self.reader.names.tracks[track.0].blocs.get(name.text) else {
                    let what = format!("bloc of `{}`", draft.path[1].text);
                    let (text, span) = (name.text, name.span.clone());
                    self.reader.unknown(&what, text, span, |names| names.tracks[track.0].blocs.iter().collect());
                    return None;
                };
                self.number_change(draft, NumberTarget::Share(track, BlocId(bloc)))
            }
            ["veto"] => {
                let holder = self.single(draft, &[Operator::Add, Operator::Subtract], "an actor")?.name.clone();
                let holder = self.find(Kind::Actor, &holder)?;
                Some(Change::Veto(track, ActorId(holder), draft.operator == Operator::Add))
            }
            ["abstains", _] => {
                let actor = ActorId(self.find(Kind::Actor, &draft.path[3])?);
                self.number_change(draft, NumberTarget::Tolerance(track, actor))
            }
            ["status"] => Some(Change::Status(track, self.word(draft, "status", Status::WORDS, Status::from_word)?)),
            ["seats", ..] => self.incomplete_path(draft, "seats.ACTOR"),
            ["votes", ..] => self.incomplete_path(draft, "votes.ACTOR"),
            ["share", ..] => self.incomplete_path(draft, "share.BLOC"),
            ["abstains", ..] => self.incomplete_path(draft, "abstains.ACTOR"),
            _ => {
                let parts =
                    ["mandate", "agenda", "seats", "rule", "quota", "votes", "share", "veto", "abstains", "status"];
                self.no_such_path(draft, 2, &parts)
            }
        }
    }

    fn rule_change(&mut self, draft: &Draft<'a>, track: TrackId) -> Option<Change> {
        let rule = self.word(draft, "rule", Rule::WORDS, Rule::from_word)?;
        let names = &self.reader.names.tracks[track.0];
        let lacks = match rule {
            Rule::Quota | Rule::Council if !names.quota => Some("quota"),
            Rule::SufficientConsensus if names.blocs.len() == 0 => Some("blocs"),
            _ => None,
        };
        if let Some(lacks) = lacks {
            let message = format!("`{}` has no `{lacks}` for the rule `{}`", draft.path[1].text, rule.word());
            let help = format!("give it `{lacks}` in the file first, beside the rule it has");
            let span = draft.operator_span.start..draft.value_span.end;
            self.reader.report.absence(Diagnostic::error(Code::BadEdit, span, message, help));
            return None;
        }
        Some(Change::Rule(track, rule))
    }

    fn roles(&mut self, draft: &Draft<'a>) -> Option<Vec<Role>> {
        self.operator(draft, SET)?;
        let names: Vec<&Name<'a>> = match &draft.value {
            value if is_none(value) => return Some(Vec::new()),
            Value::One(operand) => vec![&operand.name],
            Value::List(names) => names.iter().collect(),
        };
        let mut roles = Vec::new();
        for name in names {
            let Some(role) = Role::from_word(name.text) else {
                let message = format!("`{}` is not a role", name.text);
                let help = format!("use {}, or `none` to take the seat away", list(Role::WORDS.iter().copied()));
                self.error(Code::UnknownWord, name.span.clone(), message, help);
                return None;
            };
            if roles.contains(&role) {
                let message = format!("`{}` stands twice", name.text);
                self.error(Code::Duplicate, name.span.clone(), message, "keep one of them");
            }
            roles.push(role);
        }
        Some(roles)
    }

    fn find(&mut self, kind: Kind, name: &Name<'_>) -> Option<usize> {
        self.reader.find(kind, name.text, name.span.clone())
    }

    /// A red line or linkage of an actor.
    pub(super) fn part_of(
        &mut self,
        actor: usize,
        what: &str,
        name: &Name<'_>,
        ids: impl Fn(&Names) -> &Ids,
    ) -> Option<usize> {
        let found = ids(&self.reader.names).get(name.text);
        if found.is_none() {
            let what = format!("{what} of `{}`", self.reader.names.of(Kind::Actor).id(actor));
            self.reader.unknown(&what, name.text, name.span.clone(), |names| ids(names).iter().collect());
        }
        found
    }

    /// Makes sure that an actor has the weight or values an edit changes.
    fn has(
        &mut self,
        draft: &Draft<'a>,
        actor: usize,
        issue: usize,
        what: &str,
        holds: impl Fn(&Names) -> bool,
    ) -> Option<()> {
        let names = &self.reader.names;
        if holds(names) {
            return Some(());
        }
        let (actor, issue) = (names.of(Kind::Actor).id(actor), names.of(Kind::Issue).id(issue));
        let message = format!("`{actor}` has no {} on `{issue}` to change", what.trim_start_matches("a "));
        let help = format!("give it {what} on `{issue}` in the file first, if only 0");
        self.reader.report.absence(Diagnostic::error(Code::BadEdit, Self::path_span(draft), message, help));
        None
    }

    /// Reports an edit that does not fit what it edits.
    fn bad<T>(&mut self, draft: &Draft<'a>, message: &str, help: &str) -> Option<T> {
        let span = draft.operator_span.start.min(draft.value_span.start)..draft.value_span.end;
        self.error(Code::BadEdit, span, message, help);
        None
    }

    /// Reports a path that leads nowhere; `parts` is what may stand at this place of it.
    fn no_such_path<T>(&mut self, draft: &Draft<'a>, at: usize, parts: &[&str]) -> Option<T> {
        let message = format!("an edit cannot change `{}`", draft.target);
        let wrong = draft.path.get(at).filter(|name| !parts.contains(&name.text));
        let (span, help) = match wrong {
            Some(name) => (name.span.clone(), self.reader.report.suggest(name.text, parts.iter().copied(), "")),
            None if at == 0 => (Self::path_span(draft), "write an id after it, and what of it to change".to_owned()),
            None => {
                let stem: Vec<_> = draft.path[..at.min(draft.path.len())].iter().map(|name| name.text).collect();
                let help = format!("after `{}.` may follow {}", stem.join("."), list(parts.iter().copied()));
                (Self::path_span(draft), help)
            }
        };
        self.error(Code::BadEdit, span, message, help);
        None
    }

    fn incomplete_path<T>(&mut self, draft: &Draft<'a>, path: &str) -> Option<T> {
        let message = format!("an edit cannot change `{}`", draft.target);
        let help = format!("write `{}.{}.{path}`", draft.path[0].text, draft.path[1].text);
        self.error(Code::BadEdit, Self::path_span(draft), message, help);
        None
    }

    fn path_span(draft: &Draft<'a>) -> Span {
        draft.path[0].span.start..draft.path.last().map_or(0, |name| name.span.end)
    }
}
