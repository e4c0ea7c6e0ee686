//! Small random cases, written as the text of a case file.
//!
//! Numbers are coarse, so that ties and knife edges are common. The same seed always gives the same case.

mod levers;
mod random;
mod text;

pub(crate) use random::Random;

/// A number in hundredths.
pub(crate) type Hundredths = i64;

/// A case to be written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spec {
    pub(crate) no_agreement: bool,
    pub(crate) issues: Vec<Issue>,
    pub(crate) defines: Vec<(String, String)>,
    pub(crate) actors: Vec<Actor>,
    pub(crate) ties: Vec<Tie>,
    pub(crate) tracks: Vec<Track>,
    pub(crate) frameworks: Vec<Framework>,
    pub(crate) levers: Vec<Lever>,
}

#[derive(Debug, Clone)]
pub(crate) struct Issue {
    pub(crate) id: String,
    pub(crate) options: Vec<String>,
    pub(crate) today: usize,
}

#[derive(Debug, Clone)]
pub(crate) enum Fallback {
    Worth(Hundredths),
    CostOfGoingOn(Hundredths),
    War { win: Hundredths, lose: Hundredths, probability: Hundredths, cost: Hundredths },
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Actor {
    pub(crate) id: String,
    pub(crate) principal: Option<usize>,
    pub(crate) fallback: Option<Fallback>,
    pub(crate) ends: Option<String>,
    /// Per issue, a weight where it has one.
    pub(crate) weights: Vec<Option<Hundredths>>,
    /// Per issue and option; empty where there is no weight.
    pub(crate) values: Vec<Vec<Hundredths>>,
    /// Id, condition, price.
    pub(crate) red_lines: Vec<(String, String, Option<Hundredths>)>,
    /// Id, condition, bonus.
    pub(crate) linkages: Vec<(String, String, Hundredths)>,
}

impl Actor {
    pub(crate) fn has_weights(&self) -> bool {
        self.weights.iter().flatten().any(|weight| *weight > 0)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Tie {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) leverage: Hundredths,
}

#[derive(Debug, Clone)]
pub(crate) struct Track {
    pub(crate) id: String,
    pub(crate) agenda: Vec<usize>,
    pub(crate) mandate: Option<String>,
    pub(crate) parties_only: bool,
    pub(crate) status: &'static str,
    pub(crate) concludes: Option<usize>,
    pub(crate) seats: Vec<(usize, Vec<&'static str>)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Framework {
    pub(crate) id: String,
    pub(crate) strict: bool,
    /// Id, nominal and strict condition.
    pub(crate) benchmarks: Vec<(String, String, Option<String>)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Lever {
    pub(crate) id: String,
    pub(crate) channel: &'static str,
    pub(crate) cost: Hundredths,
    pub(crate) available: bool,
    pub(crate) intensity: Option<Hundredths>,
    pub(crate) requires: Vec<usize>,
    pub(crate) excludes: Vec<usize>,
    pub(crate) edits: Vec<Edit>,
}

/// One edit of a lever: its path, operator and value, and what it changes, for telling whether two edits clash.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    pub(crate) path: String,
    pub(crate) operator: &'static str,
    pub(crate) value: String,
    pub(crate) target: String,
}

/// Where a condition stands: what it may mention differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    RedLine,
    Mandate,
    Linkage,
    Ends,
    Benchmark,
    Define,
}

/// What to generate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// The most levers.
    pub(crate) levers: u64,
    /// No condition mentions who sits at a track: seats can be changed with the standing fixed.
    pub(crate) fixed_standing: bool,
}

const OPTIONS: [&str; 4] = ["low", "mid", "high", "ten percent"];
/// Those that move what actors demand come twice.
const CHANNELS: [&str; 13] = [
    "worth",
    "worth",
    "fallback",
    "fallback",
    "cost-of-going-on",
    "cost-of-going-on",
    "leverage",
    "seat",
    "agenda",
    "mandate",
    "track",
    "red-line",
    "red-line",
];

/// Writes a random case.
pub(crate) struct Generator {
    random: Random,
    shape: Shape,
    /// Little stands in the way of a deal: for the frontiers of win-sets that have room.
    roomy: bool,
    spec: Spec,
    lever_channels: Vec<&'static str>,
    track_count: u64,
    framework_benchmarks: Vec<u64>,
}

impl Generator {
    pub(crate) fn case(seed: u64, shape: Shape) -> Spec {
        let mut random = Random::new(seed);
        let levers = shape.levers - random.below(shape.levers / 2 + 1);
        let lever_channels = (0..levers).map(|_| CHANNELS[random.index(CHANNELS.len())]).collect();
        let track_count = 1 + random.below(3);
        let frameworks = if random.chance(60) { 1 + u64::from(random.chance(20)) } else { 0 };
        let framework_benchmarks = (0..frameworks).map(|_| 1 + random.below(3)).collect();
        let spec = Spec { no_agreement: random.chance(15), ..Spec::default() };
        let roomy = random.chance(50);
        let mut generator = Generator { random, shape, roomy, spec, lever_channels, track_count, framework_benchmarks };
        generator.issues();
        // Actors are named before conditions mention them.
        let actors = 2 + generator.random.below(4);
        generator.spec.actors =
            (0..actors).map(|index| Actor { id: format!("actor-{index}"), ..Actor::default() }).collect();
        generator.defines();
        generator.frameworks();
        for actor in 0..generator.spec.actors.len() {
            generator.actor(actor);
        }
        generator.ties();
        for track in 0..generator.track_count {
            generator.track(track);
        }
        generator.levers();
        generator.spec
    }

    fn issues(&mut self) {
        let count = if self.roomy { 2 + self.random.below(3) } else { 1 + self.random.below(4) };
        let mut packages = 1;
        for index in 0..count {
            let options = 2 + self.random.index(3);
            if packages * options > 40 {
                break;
            }
            packages *= options;
            let options: Vec<String> = OPTIONS[..options].iter().map(|option| (*option).to_owned()).collect();
            let today = if self.random.chance(60) { 0 } else { self.random.index(options.len()) };
            self.spec.issues.push(Issue { id: format!("issue-{index}"), options, today });
        }
    }

    fn defines(&mut self) {
        for index in 0..self.random.below(3) {
            let condition = self.condition(Place::Define, 1);
            self.spec.defines.push((format!("named-{index}"), condition));
        }
        // A procedural condition and levers may stand behind a name too; these are used only where they may be.
        let procedural = self.standing_atom();
        self.spec.defines.push(("named-procedure".to_owned(), procedural));
        for lever in 0..self.lever_channels.len() {
            self.spec.defines.push((format!("using-{lever}"), format!("lever(lever-{lever})")));
        }
    }

    fn frameworks(&mut self) {
        for (index, benchmarks) in self.framework_benchmarks.clone().into_iter().enumerate() {
            let mut framework =
                Framework { id: format!("framework-{index}"), strict: self.random.chance(40), benchmarks: Vec::new() };
            for benchmark in 0..benchmarks {
                let nominal = self.condition(Place::Benchmark, 1);
                let strict = self.random.chance(50).then(|| self.condition(Place::Benchmark, 1));
                framework.benchmarks.push((format!("mark-{benchmark}"), nominal, strict));
            }
            self.spec.frameworks.push(framework);
        }
    }

    fn actor(&mut self, index: usize) {
        let kind = self.random.below(100);
        let full = index < 2 || kind < 40;
        let outsider = !full && kind >= 88;
        if full {
            self.weights(index, 25);
            let fallback = self.fallback();
            self.spec.actors[index].fallback = Some(fallback);
            self.own_ends(index, 30);
        } else if outsider {
            // Weights without a fallback, or nothing at all: for patrons, conveners and observers.
            if self.random.chance(60) && !self.spec.no_agreement {
                self.weights(index, 25);
            } else if self.random.chance(50) && index + 1 < self.spec.actors.len() {
                self.red_lines(index, 1, false);
            }
            return;
        } else {
            self.delegation(index);
        }
        let lines = if self.roomy { [0, 0, 0, 1][self.random.index(4)] } else { [0, 1, 1, 2, 3][self.random.index(5)] };
        self.red_lines(index, lines, true);
    }

    /// One who speaks for an earlier actor, with every mixture of what may be its own.
    fn delegation(&mut self, index: usize) {
        let principal = self.random.index(index);
        self.spec.actors[index].principal = Some(principal);
        let founded = self.can_consent(principal);
        if !founded || self.random.chance(40) {
            self.weights(index, 40);
        }
        if !founded || self.random.chance(35) {
            let fallback = self.fallback();
            self.spec.actors[index].fallback = Some(fallback);
        }
        self.own_ends(index, 20);
    }

    fn own_ends(&mut self, index: usize, percent: u64) {
        if self.random.chance(percent) {
            let ends = self.condition(Place::Ends, 1);
            self.spec.actors[index].ends = Some(ends);
        }
    }

    fn weights(&mut self, index: usize, linkages: u64) {
        let step = if self.roomy { [5, 10, 20][self.random.index(3)] } else { [10, 20, 25, 50][self.random.index(4)] };
        for issue in 0..self.spec.issues.len() {
            let options = self.spec.issues[issue].options.len();
            let weight = self.random.chance(85).then(|| 100 * self.random.between(0, 4));
            let values = (0..options).map(|_| step * self.random.between(0, 100 / step)).collect();
            self.spec.actors[index].weights.push(weight);
            self.spec.actors[index].values.push(if weight.is_some() { values } else { Vec::new() });
        }
        if !self.spec.actors[index].has_weights() {
            let options = self.spec.issues[0].options.len();
            self.spec.actors[index].weights[0] = Some(100);
            self.spec.actors[index].values[0] =
                (0..options).map(|_| step * self.random.between(0, 100 / step)).collect();
        }
        for number in 0..2 {
            if self.random.chance(linkages) {
                let when = self.condition(Place::Linkage, 1);
                let bonus = 5 * self.random.between(-4, 6);
                self.spec.actors[index].linkages.push((format!("link-{number}"), when, bonus));
            }
        }
    }

    fn fallback(&mut self) -> Fallback {
        if self.spec.no_agreement {
            return Fallback::Worth(5 * self.random.between(2, if self.roomy { 10 } else { 16 }));
        }
        if self.roomy && self.random.chance(70) {
            // Where there are levers, a little short of a deal.
            let (low, high) = if self.shape.levers > 0 { (-5, 2) } else { (0, 8) };
            return Fallback::CostOfGoingOn(5 * self.random.between(low, high));
        }
        match self.random.below(3) {
            0 => Fallback::Worth(5 * self.random.between(4, 15)),
            1 => Fallback::CostOfGoingOn(5 * self.random.between(-2, 8)),
            _ => Fallback::War {
                win: 10 * self.random.between(5, 10),
                lose: 10 * self.random.between(0, 4),
                probability: 5 * self.random.between(2, 18),
                cost: 5 * self.random.between(0, 6),
            },
        }
    }

    fn red_lines(&mut self, index: usize, count: usize, priced: bool) {
        for line in 0..count {
            let when = self.condition(Place::RedLine, 1);
            let price = (priced && self.random.chance(60)).then(|| 5 * self.random.between(0, 8));
            self.spec.actors[index].red_lines.push((format!("line-{line}"), when, price));
        }
    }

    fn ties(&mut self) {
        // Patrons come before their clients, as principals come before those who speak for them: no circles.
        for to in 1..self.spec.actors.len() {
            for from in 0..to {
                if self.random.chance(25) && self.can_consent(from) {
                    let leverage = 5 * self.random.between(0, 8);
                    self.spec.ties.push(Tie { from, to, leverage });
                }
            }
        }
    }

    /// Whether the actor can be asked for consent, or to press another: it and its principals have weights among them, a fallback behind
    /// each, and nobody behind the last of those has demands.
    fn can_consent(&self, actor: usize) -> bool {
        let chain: Vec<usize> =
            std::iter::successors(Some(actor), |actor| self.spec.actors[*actor].principal).collect();
        let weighted = |at: &usize| self.spec.actors[chain[*at]].has_weights();
        let backed = |at: usize| chain[at..].iter().any(|actor| self.spec.actors[*actor].fallback.is_some());
        let Some(last) = (0..chain.len()).rfind(weighted) else { return false };
        let demands = chain[last + 1..].iter().any(|actor| !self.spec.actors[*actor].red_lines.is_empty());
        !demands && backed(0) && (0..chain.len()).filter(weighted).all(backed)
    }

    fn track(&mut self, index: u64) {
        let issues = self.spec.issues.len();
        let mut agenda: Vec<usize> = (0..issues).filter(|_| self.spec.no_agreement || self.random.chance(75)).collect();
        if agenda.is_empty() {
            agenda.push(self.random.index(issues));
        }
        let mut seats = Vec::new();
        for actor in 0..self.spec.actors.len() {
            let roles: &[&'static str] = match self.random.below(100) {
                0..45 if self.can_consent(actor) => &["party"],
                45..58 if self.can_consent(actor) => &["guarantor"],
                58..62 if self.can_consent(actor) => &["party", "convener"],
                62..70 => &["convener"],
                70..78 => &["observer"],
                _ => &[],
            };
            if !roles.is_empty() {
                seats.push((actor, roles.to_vec()));
            }
        }
        if !seats.iter().any(|(_, roles)| roles.contains(&"party")) && self.random.chance(80) {
            seats.retain(|(actor, _)| *actor != 0);
            seats.push((0, vec!["party"]));
        }
        // The file's order of seats is part of the result: it need not be the order of the actors.
        if self.random.chance(30) {
            seats.reverse();
        }
        let mandate = self.random.chance(if self.roomy { 15 } else { 50 }).then(|| {
            let conjuncts: Vec<String> =
                (0..=self.random.below(3)).map(|_| self.condition(Place::Mandate, 1)).collect();
            if conjuncts.len() == 1 {
                conjuncts[0].clone()
            } else {
                conjuncts.iter().map(|c| format!("({c})")).collect::<Vec<_>>().join(" and ")
            }
        });
        let concludes = (!self.spec.frameworks.is_empty() && self.random.chance(65))
            .then(|| self.random.index(self.spec.frameworks.len()));
        self.spec.tracks.push(Track {
            id: format!("track-{index}"),
            agenda,
            mandate,
            parties_only: self.random.chance(35),
            status: ["open", "open", "open", "open", "open", "open", "open", "open", "planned", "closed"]
                [self.random.index(10)],
            concludes,
            seats,
        });
    }

    /// A condition that may stand at this place.
    fn condition(&mut self, place: Place, depth: u32) -> String {
        if depth == 0 || self.random.chance(45) {
            return self.atom(place);
        }
        let left = self.condition(place, depth - 1);
        let right = self.condition(place, depth - 1);
        match self.random.below(12) {
            0..5 => format!("({left}) and ({right})"),
            5..8 => format!("({left}) or ({right})"),
            8 => format!("not ({left})"),
            9 => format!("({left}) implies ({right})"),
            10 => format!("({left}) iff ({right})"),
            _ => format!("({left}) and not ({right})"),
        }
    }

    fn atom(&mut self, place: Place) -> String {
        let over_the_deal = matches!(place, Place::RedLine | Place::Mandate);
        let wide = !matches!(place, Place::Benchmark | Place::Define);
        match self.random.below(100) {
            0..22 if over_the_deal && self.random.chance(70) => self.standing_atom(),
            22..25 if over_the_deal && !self.shape.fixed_standing => "named-procedure".to_owned(),
            25..33 if wide && !self.framework_benchmarks.is_empty() => {
                let framework = self.random.index(self.framework_benchmarks.len());
                let mark = self.random.below(self.framework_benchmarks[framework]);
                let reading = ["", ", strict", ", nominal"][self.random.index(3)];
                match self.random.below(3) {
                    0 => format!("benchmark(framework-{framework}.mark-{mark}{reading})"),
                    1 => format!("satisfied(framework-{framework}{reading})"),
                    _ => format!("concluded(framework-{framework})"),
                }
            }
            33..43 if matches!(place, Place::RedLine | Place::Mandate | Place::Linkage) => {
                let channel = match place {
                    Place::RedLine => "red-line",
                    Place::Mandate => "mandate",
                    _ => "worth",
                };
                let levers: Vec<usize> =
                    (0..self.lever_channels.len()).filter(|lever| self.lever_channels[*lever] == channel).collect();
                match levers.first() {
                    None => self.content_atom(),
                    Some(_) => {
                        let lever = levers[self.random.index(levers.len())];
                        let lever = if self.random.chance(50) {
                            format!("using-{lever}")
                        } else {
                            format!("lever(lever-{lever})")
                        };
                        let content = self.content_atom();
                        match self.random.below(3) {
                            0 => format!("{content} and not {lever}"),
                            1 => format!("{content} and {lever}"),
                            _ => format!("({lever} implies {content})"),
                        }
                    }
                }
            }
            43..50 if place != Place::Define => {
                let names: Vec<&str> = self
                    .spec
                    .defines
                    .iter()
                    .map(|(name, _)| name.as_str())
                    .filter(|name| name.starts_with("named-") && *name != "named-procedure")
                    .collect();
                match names.first() {
                    None => self.content_atom(),
                    Some(_) => names[self.random.index(names.len())].to_owned(),
                }
            }
            50..51 => ["true", "false"][self.random.index(2)].to_owned(),
            _ => self.content_atom(),
        }
    }

    fn content_atom(&mut self) -> String {
        let issue = self.random.index(self.spec.issues.len());
        let name = self.spec.issues[issue].id.clone();
        let option = self.option(issue);
        match self.random.below(10) {
            0..5 => format!("{name} = {option}"),
            5 | 6 => format!("{name} != {option}"),
            7 => {
                let all = self.spec.issues[issue].options.len();
                let other = self.random.index(all);
                let first = self.random.index(all);
                let quoted = |option: usize| quote(&self.spec.issues[issue].options[option]);
                if first == other {
                    format!("{name} in {{{option}}}")
                } else {
                    format!("{name} in {{{}, {}}}", quoted(first), quoted(other))
                }
            }
            _ => format!("changed({name})"),
        }
    }

    fn standing_atom(&mut self) -> String {
        let actor = self.random.index(self.spec.actors.len());
        let kind = if self.shape.fixed_standing { 4 * self.random.below(2) } else { self.random.below(6) };
        match kind {
            0 => format!("at(track-{})", self.random.below(self.track_count)),
            1 => format!("auspices(actor-{actor})"),
            2 => format!("seated(actor-{actor})"),
            3 => format!(
                "parties() {} {}",
                [">=", "<", "=", "!=", ">", "<="][self.random.index(6)],
                1 + self.random.below(3)
            ),
            _ => {
                let issue = self.random.index(self.spec.issues.len());
                format!("touched({})", self.spec.issues[issue].id)
            }
        }
    }

    fn option(&mut self, issue: usize) -> String {
        let options = self.spec.issues[issue].options.len();
        quote(&self.spec.issues[issue].options[self.random.index(options)])
    }
}

/// An option as a condition names it.
fn quote(option: &str) -> String {
    if option.contains(' ') { format!("\"{option}\"") } else { option.to_owned() }
}
