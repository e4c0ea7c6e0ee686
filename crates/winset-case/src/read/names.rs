//! What a case declares, known before any body is read, so that names may be used before the place they are declared.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{Field, Section};
use crate::diagnostic::Span;
use crate::model::{Case, Fallback, StateOrder, TieKind};

/// The kinds of things with an id of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Source,
    Issue,
    Define,
    Actor,
    Tie,
    Track,
    Framework,
    Lever,
    Move,
    Package,
    Option,
    Reading,
}

impl Kind {
    pub(super) const ALL: [Kind; 12] = [
        Kind::Source,
        Kind::Issue,
        Kind::Define,
        Kind::Actor,
        Kind::Tie,
        Kind::Track,
        Kind::Framework,
        Kind::Lever,
        Kind::Move,
        Kind::Package,
        Kind::Option,
        Kind::Reading,
    ];

    /// The section that declares it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::Source => "source",
            Kind::Issue => "issue",
            Kind::Define => "define",
            Kind::Actor => "actor",
            Kind::Tie => "tie",
            Kind::Track => "track",
            Kind::Framework => "framework",
            Kind::Lever => "lever",
            Kind::Move => "move",
            Kind::Package => "package",
            Kind::Option => "option",
            Kind::Reading => "reading",
        }
    }

    /// What messages call one of them.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Kind::Define => "named condition",
            Kind::Option => "option to compare",
            kind => kind.word(),
        }
    }
}

/// Ids in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Ids {
    list: Vec<(String, Span)>,
    index: BTreeMap<String, usize>,
}

impl Ids {
    /// Adds an id; of equal ones the first is found.
    fn add(&mut self, id: &str, span: Span) {
        self.index.entry(id.to_owned()).or_insert(self.list.len());
        self.list.push((id.to_owned(), span));
    }

    pub(super) fn get(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    pub(super) fn id(&self, index: usize) -> &str {
        &self.list[index].0
    }

    pub(super) fn span(&self, index: usize) -> Span {
        self.list[index].1.clone()
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.list.iter().map(|(id, _)| id.as_str())
    }
}

/// How an actor's fallback is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FallbackForm {
    None,
    Number,
    CostOfGoingOn,
    War,
}

/// What other parts of the case need to know of an actor.
#[derive(Debug)]
pub(super) struct ActorNames {
    pub(super) red_lines: Ids,
    /// Which of the red lines have a price.
    pub(super) priced: Vec<bool>,
    pub(super) linkages: Ids,
    /// Whether it says what it hopes for.
    pub(super) hopes: bool,
    /// Whether it has preferences at all: weights, or with `out_of` linkages alone.
    pub(super) weights: bool,
    /// The issues it has a weight on.
    pub(super) weighted: BTreeSet<usize>,
    /// The issues it has values on.
    pub(super) valued: BTreeSet<usize>,
    pub(super) fallback: FallbackForm,
    pub(super) principal: Option<usize>,
    /// Whether it names a principal that nobody knows.
    pub(super) unread_principal: bool,
}

/// What other parts of the case need to know of a track.
#[derive(Debug, Default)]
pub(super) struct TrackNames {
    /// Whether it can conclude a framework.
    pub(super) concludes: bool,
    /// Whether it says how many votes a deal needs.
    pub(super) quota: bool,
    /// Its blocs.
    pub(super) blocs: Ids,
}

/// Everything a case declares.
#[derive(Debug, Default)]
pub(super) struct Names {
    kinds: BTreeMap<Kind, Ids>,
    /// The options of each issue; `None` where they cannot be read.
    pub(super) options: Vec<Option<Vec<String>>>,
    pub(super) actors: Vec<ActorNames>,
    /// The benchmarks of each framework.
    pub(super) benchmarks: Vec<Ids>,
    pub(super) tracks: Vec<TrackNames>,
    /// Whether each tie is a patron's.
    pub(super) patronages: Vec<bool>,
    /// Who gives which move a weight, where states are ranked by weights.
    pub(super) weighed_moves: BTreeSet<(usize, usize)>,
    /// What is to happen in a simulation.
    pub(super) future: Ids,
    /// Words that start a line or stand in a section name of a file that could not be read as a whole.
    unread: BTreeSet<String>,
}

impl Names {
    /// The names a case file declares. Nothing is reported: what is wrong with a declaration is, when its body is read.
    pub(super) fn declare(root: &Section<'_>) -> Self {
        let mut names = Names::default();
        for kind in Kind::ALL {
            let mut ids = Ids::default();
            for field in entries(root, kind) {
                ids.add(field.key, field.key_span.clone());
            }
            names.kinds.insert(kind, ids);
        }
        let body = |field: &Field<'_>, key: &str| -> Vec<(String, Span)> {
            let table = field.as_table(String::new());
            let inner = table.as_ref().and_then(|table| table.get(key)).and_then(|field| field.as_table(String::new()));
            inner.iter().flat_map(Section::fields).map(|field| (field.key.to_owned(), field.key_span.clone())).collect()
        };
        names.options = entries(root, Kind::Issue).iter().map(options).collect();
        names.actors = entries(root, Kind::Actor).iter().map(|field| names.actor(field)).collect();
        names.benchmarks = entries(root, Kind::Framework)
            .iter()
            .map(|field| {
                let mut ids = Ids::default();
                body(field, "benchmarks").into_iter().for_each(|(id, span)| ids.add(&id, span));
                ids
            })
            .collect();
        names.tracks = entries(root, Kind::Track)
            .iter()
            .map(|field| {
                let table = field.as_table(String::new());
                let has = |key| table.as_ref().is_some_and(|table| table.get(key).is_some());
                let mut blocs = Ids::default();
                body(field, "blocs").into_iter().for_each(|(id, span)| blocs.add(&id, span));
                TrackNames { concludes: has("concludes"), quota: has("quota"), blocs }
            })
            .collect();
        names.patronages = entries(root, Kind::Tie)
            .iter()
            .map(|field| {
                let table = field.as_table(String::new());
                let kind = table.as_ref().and_then(|table| table.get("kind")).and_then(Field::as_text);
                // A tie whose kind cannot be read is not blamed for what it carries.
                kind.is_none_or(|kind| !matches!(kind.text, "non-recognition" | "constituency"))
            })
            .collect();
        names.weighed_moves = names.weighed(root);
        let simulation = root.get("simulation").and_then(|field| field.as_table(String::new()));
        let future =
            simulation.as_ref().and_then(|table| table.get("event")).and_then(|field| field.as_table(String::new()));
        future.iter().flat_map(Section::fields).for_each(|field| names.future.add(field.key, field.key_span.clone()));
        names
    }

    fn weighed(&self, root: &Section<'_>) -> BTreeSet<(usize, usize)> {
        let mut weighed = BTreeSet::new();
        let stability = root.get("stability").and_then(|field| field.as_table(String::new()));
        let Some(preferences) = stability
            .as_ref()
            .and_then(|table| table.get("preference"))
            .and_then(|field| field.as_table(String::new()))
        else {
            return weighed;
        };
        for field in preferences.fields() {
            let Some(actor) = self.of(Kind::Actor).get(field.key) else { continue };
            let body = field.as_table(String::new());
            let weights =
                body.as_ref().and_then(|body| body.get("weights")).and_then(|field| field.as_table(String::new()));
            let moves = weights.iter().flat_map(Section::fields).filter_map(|field| self.of(Kind::Move).get(field.key));
            weighed.extend(moves.map(|held| (actor, held)));
        }
        weighed
    }

    fn actor(&self, field: &Field<'_>) -> ActorNames {
        let table = field.as_table(String::new());
        let get = |key: &str| table.as_ref().and_then(|table| table.get(key));
        let issues = |key: &str| -> BTreeSet<usize> {
            let table = get(key).and_then(|field| field.as_table(String::new()));
            let keys = table.iter().flat_map(Section::fields).map(|field| field.key);
            keys.filter_map(|key| self.of(Kind::Issue).get(key)).collect()
        };
        let (mut red_lines, mut linkages) = (Ids::default(), Ids::default());
        let mut priced = Vec::new();
        for (key, ids) in [("red_line", &mut red_lines), ("linkage", &mut linkages)] {
            for item in get(key).map(Field::items).unwrap_or_default() {
                let entry = item.as_table(String::new());
                let id = entry.as_ref().and_then(|entry| entry.get("id"));
                let text = id.and_then(Field::as_text).map_or("", |id| id.text);
                ids.add(text, id.map_or(item.span.clone(), |id| id.span.clone()));
                if key == "red_line" {
                    priced.push(entry.is_some_and(|entry| entry.get("price").is_some()));
                }
            }
        }
        let fallback = get("fallback").map_or(FallbackForm::None, |field| match field.as_table(String::new()) {
            Some(table) if table.get("cost_of_going_on").is_some() => FallbackForm::CostOfGoingOn,
            Some(table) if table.get("war").is_some() => FallbackForm::War,
            _ => FallbackForm::Number,
        });
        let principal =
            get("principal").and_then(Field::as_text).and_then(|principal| self.of(Kind::Actor).get(principal.text));
        ActorNames {
            red_lines,
            priced,
            linkages,
            hopes: get("aspirations")
                .and_then(|field| field.as_table(String::new()))
                .is_some_and(|table| table.fields().next().is_some()),
            weights: get("weights").or(get("out_of")).is_some(),
            weighted: issues("weights"),
            valued: issues("values"),
            fallback,
            principal,
            unread_principal: principal.is_none() && get("principal").is_some(),
        }
    }

    /// The names of a case that was read before.
    pub(super) fn of_case(case: &Case) -> Self {
        fn ids<'c>(list: impl Iterator<Item = &'c String>) -> Ids {
            let mut ids = Ids::default();
            list.for_each(|id| ids.add(id, 0..0));
            ids
        }
        let kinds = Kind::ALL.map(|kind| {
            let ids = match kind {
                Kind::Source => ids(case.sources.iter().map(|source| &source.id)),
                Kind::Issue => ids(case.issues.iter().map(|issue| &issue.id)),
                Kind::Define => ids(case.defines.iter().map(|define| &define.id)),
                Kind::Actor => ids(case.actors.iter().map(|actor| &actor.id)),
                Kind::Tie => ids(case.ties.iter().map(|tie| &tie.id)),
                Kind::Track => ids(case.tracks.iter().map(|track| &track.id)),
                Kind::Framework => ids(case.frameworks.iter().map(|framework| &framework.id)),
                Kind::Lever => ids(case.levers.iter().map(|lever| &lever.id)),
                Kind::Move => ids(case.moves.iter().map(|held| &held.id)),
                Kind::Package => ids(case.packages.iter().map(|package| &package.id)),
                Kind::Option => ids(case.options.iter().map(|option| &option.id)),
                Kind::Reading => ids(case.readings.iter().map(|reading| &reading.id)),
            };
            (kind, ids)
        });
        let actors = case.actors.iter().map(|actor| ActorNames {
            red_lines: ids(actor.red_lines.iter().map(|line| &line.id)),
            priced: actor.red_lines.iter().map(|line| line.price.is_some()).collect(),
            linkages: ids(actor.linkages.iter().map(|linkage| &linkage.id)),
            hopes: !actor.aspirations.is_empty(),
            weights: actor.has_preferences(),
            weighted: (0..actor.weights.len()).filter(|&issue| actor.weights[issue].is_some()).collect(),
            valued: (0..actor.values.len()).filter(|&issue| !actor.values[issue].is_empty()).collect(),
            fallback: match actor.fallback {
                None => FallbackForm::None,
                Some(Fallback::Worth(_)) => FallbackForm::Number,
                Some(Fallback::CostOfGoingOn(_)) => FallbackForm::CostOfGoingOn,
                Some(Fallback::War { .. }) => FallbackForm::War,
            },
            principal: actor.principal.map(|principal| principal.0),
            unread_principal: false,
        });
        Names {
            kinds: kinds.into_iter().collect(),
            options: case.issues.iter().map(|issue| Some(issue.options.clone())).collect(),
            actors: actors.collect(),
            benchmarks: case
                .frameworks
                .iter()
                .map(|framework| ids(framework.benchmarks.iter().map(|benchmark| &benchmark.id)))
                .collect(),
            tracks: case
                .tracks
                .iter()
                .map(|track| TrackNames {
                    concludes: track.concludes.is_some(),
                    quota: track.voting.quota.is_some(),
                    blocs: ids(track.voting.blocs.iter().map(|bloc| &bloc.id)),
                })
                .collect(),
            patronages: case.ties.iter().map(|tie| matches!(tie.kind, TieKind::Patron(_))).collect(),
            weighed_moves: case
                .game
                .preferences
                .iter()
                .flat_map(|preference| match &preference.order {
                    StateOrder::Weights(weights) => {
                        weights.iter().map(|(held, _)| (preference.actor.0, held.0)).collect()
                    }
                    _ => Vec::new(),
                })
                .collect(),
            future: ids(case.dynamics.events.iter().map(|event| &event.id)),
            unread: BTreeSet::new(),
        }
    }

    /// Remembers what a file declares in places that could not be read, going by its lines alone.
    pub(super) fn remember_unread(&mut self, text: &str) {
        for line in text.lines() {
            let declaring = match line.trim_start().strip_prefix('[') {
                Some(header) => header.split(']').next(),
                None => line.split(['=', '#']).next(),
            };
            let words = declaring.unwrap_or("").split(|character: char| !is_id_character(character));
            self.unread.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
        }
    }

    /// Whether a name may be declared where the file could not be read.
    pub(super) fn may_be_unread(&self, name: &str) -> bool {
        self.unread.contains(name)
    }

    pub(super) fn of(&self, kind: Kind) -> &Ids {
        &self.kinds[&kind]
    }
}

/// Whether a character may stand in an id.
pub(super) fn is_id_character(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_')
}

/// The fields that declare things of a kind, in the order of the file.
pub(super) fn entries<'a>(root: &Section<'a>, kind: Kind) -> Vec<Field<'a>> {
    let table = root.get(kind.word()).and_then(|field| field.as_table(String::new()));
    table.iter().flat_map(Section::fields).cloned().collect()
}

fn options(field: &Field<'_>) -> Option<Vec<String>> {
    let options = field.as_table(String::new())?.get("options")?.clone();
    if options.is_broken() {
        return None;
    }
    let items = options.items();
    let texts: Vec<_> = items.iter().filter_map(Field::as_text).map(|text| text.text.to_owned()).collect();
    (!texts.is_empty() && texts.len() == items.len()).then_some(texts)
}
