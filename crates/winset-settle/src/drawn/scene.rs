//! One track meeting from one state: its packages, and which conditions hold in each, for each who judges.

use std::collections::BTreeMap;

use winset_case::Case;
use winset_worth::{Sitting, State, View, holds};

use super::numbers::Numbers;
use crate::seating::{Member, Seating};

/// The packages of one sitting and what no number changes about them.
#[derive(Debug)]
pub(crate) struct Scene {
    /// Per package: where its two halves stand among the rows.
    pub(crate) packages: Vec<[u16; 2]>,
    /// Options that are summed up, in two halves: rows of places among an actor's options.
    rows: [Vec<Vec<u32>>; 2],
    /// The options that stand before the deal on the issues it can change; empty where there is no agreement.
    before: Option<Vec<u32>>,
    pub(crate) members: Vec<SceneMember>,
}

/// How the packages look to one who judges.
#[derive(Debug)]
pub(crate) struct SceneMember {
    /// Per package, which of the profiles it has.
    pub(crate) profile_of: Vec<u16>,
    pub(crate) profiles: Vec<Profile>,
    /// The linkages earned before the deal.
    earned_before: Vec<usize>,
}

/// Which of an actor's conditions hold in a package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Profile {
    pub(crate) linkages: Vec<usize>,
    pub(crate) broken: Vec<usize>,
    pub(crate) ends: bool,
}

/// Where one member's arithmetic for one draw is laid out. Kept between draws, so that no memory is taken.
#[derive(Debug, Default)]
pub struct Desk {
    members: Vec<MemberDesk>,
    pub(crate) last_refuser: usize,
    pub(crate) last_accepted: usize,
}

#[derive(Debug, Default)]
struct MemberDesk {
    ready: bool,
    sums: [Vec<i128>; 2],
    /// The largest of the second sums.
    most: i128,
    profiles: Vec<Standing>,
    left: i128,
}

/// What a profile comes to in one draw.
#[derive(Debug, Clone, Copy)]
struct Standing {
    /// To be added to the options' worth: the change of worth.
    change: i128,
    /// The same less what refusing is worth (the gain).
    gain: i128,
    price: i128,
    forbidden: bool,
    /// Gain less price; far below everything where it is forbidden.
    net: i128,
}

/// Far below every worth, and far from overflowing.
const BELOW_ALL: i128 = i128::MIN >> 4;

/// Where an outcome's options stand in an actor's list of options.
pub(crate) fn option_places(case: &Case) -> Vec<usize> {
    let mut next = 0;
    let start = |issue: &winset_case::Issue| {
        let start = next;
        next += issue.options.len();
        start
    };
    case.issues.iter().map(start).collect()
}

impl Scene {
    /// The scene of a sitting: `issues` are those its packages may change, and each package is an outcome with whether it concludes.
    pub(crate) fn new<'p>(
        sitting: &Sitting<'_>,
        state: &State,
        seating: &Seating,
        case: &Case,
        issues: &[usize],
        packages: impl Iterator<Item = (&'p [usize], bool)>,
    ) -> Self {
        let places = option_places(case);
        let (first, second) = halves(case, issues);
        let mut seen: [BTreeMap<Vec<u32>, u16>; 2] = [BTreeMap::new(), BTreeMap::new()];
        let mut rows: [Vec<Vec<u32>>; 2] = [Vec::new(), Vec::new()];
        let today = state.outcome.as_deref();
        let before_view = View { case, outcome: today, concluded: &state.concluded, deal: None };
        let earned = |member: &Member| -> Vec<usize> {
            let earned = |when| today.is_some() && holds(when, &before_view);
            member.linkages.iter().filter(|(_, when)| earned(when)).map(|(linkage, _)| *linkage).collect()
        };
        let mut members: Vec<SceneMember> = seating
            .members
            .iter()
            .map(|member| SceneMember { profile_of: Vec::new(), profiles: Vec::new(), earned_before: earned(member) })
            .collect();
        // A line on content that holds already is not broken again.
        let live: Vec<Vec<bool>> = seating
            .members
            .iter()
            .map(|member| {
                let live = |(_, when, procedural): &(usize, _, bool)| {
                    *procedural || today.is_none() || !holds(when, &before_view)
                };
                member.lines.iter().map(live).collect()
            })
            .collect();
        let mut known: Vec<BTreeMap<Profile, u16>> = vec![BTreeMap::new(); members.len()];
        let mut listed = Vec::new();
        for (outcome, concludes) in packages {
            let mut row_of = |half: usize, issues: &[usize]| {
                let row: Vec<u32> = issues.iter().map(|&issue| (places[issue] + outcome[issue]) as u32).collect();
                let next = rows[half].len() as u16;
                *seen[half].entry(row).or_insert_with_key(|row| {
                    rows[half].push(row.clone());
                    next
                })
            };
            listed.push([row_of(0, first), row_of(1, second)]);
            let view = sitting.view(outcome, concludes);
            let standing = View { deal: None, ..view };
            for (index, member) in seating.members.iter().enumerate() {
                let broken = member.lines.iter().zip(&live[index]);
                let profile = Profile {
                    linkages: linkages_in(member, &standing),
                    broken: broken
                        .filter(|((_, when, _), live)| **live && holds(when, &view))
                        .map(|((line, ..), _)| *line)
                        .collect(),
                    ends: ends_now(member, state, &before_view, &standing, concludes),
                };
                let next = known[index].len() as u16;
                let place = *known[index].entry(profile).or_insert_with_key(|profile| {
                    members[index].profiles.push(profile.clone());
                    next
                });
                members[index].profile_of.push(place);
            }
        }
        let before = today
            .map(|outcome| issues.iter().map(|&issue| (places[issue] + outcome[issue]) as u32).collect::<Vec<u32>>());
        Scene { packages: listed, rows, before, members }
    }

    /// Clears the desk for another draw.
    pub(crate) fn begin(&self, desk: &mut Desk) {
        desk.members.resize_with(self.members.len(), MemberDesk::default);
        desk.members.iter_mut().for_each(|member| member.ready = false);
    }

    /// Lays out one member's arithmetic. `spent` is the leverage over it that has been spent already.
    fn lay_out(&self, desk: &mut Desk, seating: &Seating, numbers: &Numbers<'_>, member: usize, spent: i128) {
        let numbers = numbers[seating.members[member].actor.0].expect("the numbers of everyone who judges are given");
        let scene = &self.members[member];
        let desk = &mut desk.members[member];
        for (sums, rows) in desk.sums.iter_mut().zip(&self.rows) {
            sums.clear();
            sums.extend(rows.iter().map(|row| row.iter().map(|&place| numbers.options[place as usize]).sum::<i128>()));
        }
        desk.most = desk.sums[1].iter().copied().max().unwrap_or(0);
        let earned = |linkages: &[usize]| linkages.iter().map(|&linkage| numbers.bonus(linkage)).sum::<i128>();
        let (before, going_on) = match &self.before {
            Some(before) => {
                let options: i128 = before.iter().map(|&place| numbers.options[place as usize]).sum();
                (options + earned(&scene.earned_before), numbers.going_on)
            }
            // Where there is no agreement, refusing is worth the fallback, held as the negative of the cost of going on.
            None => (-numbers.going_on, 0),
        };
        desk.profiles.clear();
        desk.profiles.extend(scene.profiles.iter().map(|profile| {
            let change = earned(&profile.linkages) - before;
            let gain = change + if profile.ends { going_on } else { 0 };
            match numbers.price(profile.broken.iter().copied()) {
                Some(price) => Standing { change, gain, price, forbidden: false, net: gain - price },
                None => Standing { change, gain, price: 0, forbidden: true, net: BELOW_ALL },
            }
        }));
        desk.left = (numbers.leverage.iter().sum::<i128>() - spent).max(0);
        desk.ready = true;
    }

    /// Makes sure that a member's arithmetic is laid out.
    fn ready(&self, asked: &mut Asking<'_>, member: usize) {
        if !asked.desk.members[member].ready {
            let spent = asked.spent.map_or(0, |spent| spent[member]);
            self.lay_out(asked.desk, asked.seating, asked.numbers, member, spent);
        }
    }

    /// One member's judgement of one package before any pressure, with the worth of the options and the leverage left.
    fn look<'d>(&self, asked: &'d mut Asking<'_>, member: usize, package: usize) -> (i128, &'d Standing, i128) {
        self.ready(asked, member);
        let desk = &asked.desk.members[member];
        let [first, second] = self.packages[package];
        let options = desk.sums[0][usize::from(first)] + desk.sums[1][usize::from(second)];
        (options, &desk.profiles[usize::from(self.members[member].profile_of[package])], desk.left)
    }
}

/// One draw's question to a scene.
pub(crate) struct Asking<'a> {
    pub(crate) desk: &'a mut Desk,
    pub(crate) seating: &'a Seating,
    pub(crate) numbers: &'a Numbers<'a>,
    /// Per member, the leverage over it that has been spent already; `None` where none has.
    pub(crate) spent: Option<&'a [i128]>,
}

impl Asking<'_> {
    /// What the deal adds to the gain of a member, with what it does to its worth, the prices it breaks and whether it is forbidden.
    pub(crate) fn gain(&mut self, scene: &Scene, member: usize, package: usize) -> i128 {
        let (options, standing, _) = scene.look(self, member, package);
        options + standing.gain
    }

    /// Surplus after pressure less prices, and whether an unpriced line is broken.
    pub(crate) fn margin(&mut self, scene: &Scene, member: usize, package: usize) -> (i128, bool) {
        let (options, &standing, left) = scene.look(self, member, package);
        let pressure = self.pressure(scene, member, package, left);
        (options + standing.gain + pressure - standing.price, standing.forbidden)
    }

    /// Surplus after pressure, before prices.
    pub(crate) fn surplus(&mut self, scene: &Scene, member: usize, package: usize) -> i128 {
        let (options, standing, left) = scene.look(self, member, package);
        let gain = options + standing.gain;
        gain + self.pressure(scene, member, package, left)
    }

    fn pressure(&mut self, scene: &Scene, member: usize, package: usize, left: i128) -> i128 {
        if left <= 0 {
            return 0;
        }
        let (mut pressing, seating) = (0, self.seating);
        for &(patron, leverage) in &seating.members[member].patrons {
            if self.gains(scene, patron, package) && self.consents(scene, patron, package) {
                let numbers = self.numbers[seating.members[member].actor.0].expect("given");
                pressing += numbers.leverage[leverage];
            }
        }
        pressing.min(left)
    }

    fn gains(&mut self, scene: &Scene, member: usize, package: usize) -> bool {
        let (options, standing, _) = scene.look(self, member, package);
        options + standing.change > 0
    }

    /// Whether a member accepts; one without a fallback of its own only refuses what its own red lines forbid.
    pub(crate) fn accepts(&mut self, scene: &Scene, member: usize, package: usize) -> bool {
        let own_fallback = self.seating.members[member].own_fallback;
        let (options, standing, left) = scene.look(self, member, package);
        if !own_fallback {
            return !standing.forbidden;
        }
        // Most deals are decided without asking any patron.
        let alone = options + standing.net;
        alone >= 0 || (alone + left >= 0 && alone + self.pressure(scene, member, package, left) >= 0)
    }

    /// No less surplus, prices aside, than a member has of any package with the first half and the profile of this one.
    pub(crate) fn most_surplus(&mut self, scene: &Scene, member: usize, package: usize) -> i128 {
        let (most, standing) = self.most(scene, member, package);
        most + standing.gain
    }

    /// Whether a member is sure to refuse every package with the first half and the profile of this one.
    pub(crate) fn refuses_alike(&mut self, scene: &Scene, member: usize, package: usize) -> bool {
        let own_fallback = self.seating.members[member].own_fallback;
        let (most, standing) = self.most(scene, member, package);
        standing.forbidden || (own_fallback && most + standing.net < 0)
    }

    /// What the first half of a package and the best second half are worth to a member with all the leverage over it, and what its profile comes to.
    fn most(&mut self, scene: &Scene, member: usize, package: usize) -> (i128, &Standing) {
        scene.ready(self, member);
        let desk = &self.desk.members[member];
        let first = usize::from(scene.packages[package][0]);
        let standing = &desk.profiles[usize::from(scene.members[member].profile_of[package])];
        (desk.sums[0][first] + desk.most + desk.left, standing)
    }

    /// Whether a member accepts, together with every principal it answers to.
    pub(crate) fn consents(&mut self, scene: &Scene, member: usize, package: usize) -> bool {
        let seating = self.seating;
        let this = &seating.members[member];
        (!this.judges_itself || self.accepts(scene, member, package))
            && this.principals.iter().all(|&principal| self.accepts(scene, principal, package))
    }
}

/// The linkages earned in a view.
pub(crate) fn linkages_in(member: &Member, view: &View<'_>) -> Vec<usize> {
    member.linkages.iter().filter(|(_, when)| holds(when, view)).map(|(linkage, _)| *linkage).collect()
}

/// Whether a deal is the first to meet a member's `ends`.
fn ends_now(member: &Member, state: &State, before: &View<'_>, after: &View<'_>, concludes: bool) -> bool {
    if state.ended[member.actor.0] {
        return false;
    }
    match &member.ends {
        Some(condition) => !(before.outcome.is_some() && holds(condition, before)) && holds(condition, after),
        None => concludes || after.case.frameworks.is_empty(),
    }
}

/// Cuts a list of issues in two with about as many combinations of options each.
fn halves<'i>(case: &Case, issues: &'i [usize]) -> (&'i [usize], &'i [usize]) {
    let size = |issues: &[usize]| issues.iter().map(|&issue| case.issues[issue].options.len() as f64).product::<f64>();
    let cut = (0..=issues.len())
        .min_by(|a, b| {
            let both = |cut: usize| size(&issues[..cut]) + size(&issues[cut..]);
            both(*a).total_cmp(&both(*b))
        })
        .unwrap_or(0);
    issues.split_at(cut)
}
