//! Everything a brief prints, computed once.

use std::sync::Arc;

use winset_case::{Case, Status, TrackId};
use winset_settle::large::{Found, LargeSettlement, settle_large};
use winset_settle::{Assembly, BargainingPoint, Blocked, Deals, Refusal, Settlement, Unlock, assemble, settle, unlock};
use winset_stability::SanctionRule;

use crate::claims::{ClaimResult, add_draws, decide_all_in};
use crate::draws::{DrawSettings, Ensemble, EnsembleResult, Stop, TableShares};
use crate::evidence::{EvidenceCount, count_evidence};
use crate::game::{BRIEF_WORK_LIMIT, GameRefusal, TodayStays, today_stays};
use crate::runs::Runs;
use crate::situation::Reaches;

/// The answers about one set of deals at one track.
#[derive(Debug)]
pub struct TableBrief {
    /// The win-set, or why it was not computed.
    pub settlement: Result<Settlement, Refusal>,
    /// The answers without listing, where there are too many packages to list.
    pub large: Option<Box<Result<LargeSettlement, Refusal>>>,
    /// Where the win-set is empty: which levers open it, or the proof that none do.
    pub unlock: Option<Result<Unlock, Refusal>>,
}

impl TableBrief {
    /// The answers for a track from today.
    pub fn of(case: &Case, track: TrackId, deals: Deals) -> Self {
        let mut brief = TableBrief::without_levers(case, track, deals);
        brief.unlock = brief.is_blocked().then(|| unlock(case, track, deals));
        brief
    }

    /// The answers for a track from today, without asking which levers would open it.
    pub fn without_levers(case: &Case, track: TrackId, deals: Deals) -> Self {
        let settlement = settle(case, track, deals);
        let too_many = matches!(settlement, Err(Refusal::TooManyPackages { .. }));
        let large = too_many.then(|| Box::new(settle_large(case, track, deals)));
        TableBrief { settlement, large, unlock: None }
    }

    /// The answers without listing, where they were found.
    pub fn large(&self) -> Option<&LargeSettlement> {
        self.large.as_ref()?.as_ref().as_ref().ok()
    }

    /// Why nothing was computed, if nothing was.
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.large {
            Some(large) => large.as_ref().as_ref().err(),
            None => self.settlement.as_ref().err(),
        }
    }

    /// Whether there is a deal; `None` where that is not known.
    pub fn has_deal(&self) -> Option<bool> {
        match (&self.settlement, self.large()) {
            (Ok(settlement), _) => Some(settlement.blocked.is_none()),
            (_, Some(large)) => match large.found {
                Found::Open(_) => Some(true),
                Found::Blocked { .. } => Some(false),
                Found::Undecided(_) => None,
            },
            _ => None,
        }
    }

    /// Whether it is known that there is no deal.
    pub fn is_blocked(&self) -> bool {
        self.has_deal() == Some(false)
    }

    /// Why there is no deal, where that was found.
    pub fn blocked(&self) -> Option<&Blocked> {
        match (&self.settlement, self.large()) {
            (Ok(settlement), _) => settlement.blocked.as_ref(),
            (_, large) => large?.blocked(),
        }
    }

    /// The bargaining point a brief speaks of: Nash's, or Kalai and Smorodinsky's where there is none; of packages that tie, the first.
    pub fn bargaining_point(&self) -> Option<BargainingPointOf<'_>> {
        let settlement = self.settlement.as_ref().ok()?;
        let solutions = settlement.solutions.as_ref()?;
        let is_nash = solutions.nash.is_some();
        let point = solutions.nash.as_ref().unwrap_or(&solutions.kalai_smorodinsky).points.first()?;
        Some(BargainingPointOf { settlement, point, is_nash })
    }

    /// How many packages are acceptable, if that is known.
    pub fn acceptable(&self) -> Option<u64> {
        self.settlement.as_ref().ok().map(|settlement| settlement.acceptable_count)
    }
}

/// A bargaining point of a win-set.
#[derive(Debug, Clone, Copy)]
pub struct BargainingPointOf<'b> {
    /// The win-set.
    pub settlement: &'b Settlement,
    /// The point.
    pub point: &'b BargainingPoint,
    /// Whether it is Nash's; else it is Kalai and Smorodinsky's.
    pub is_nash: bool,
}

/// The answers about one track.
#[derive(Debug)]
pub struct TrackBrief {
    /// Which track.
    pub track: TrackId,
    /// Deals under its own mandate.
    pub mandate: TableBrief,
    /// Deals that conclude its framework, if it concludes one.
    pub concluding: Option<TableBrief>,
}

impl TrackBrief {
    /// The answers for a track from today.
    pub fn of(case: &Case, track: TrackId) -> Self {
        TrackBrief::by(case, track, TableBrief::of)
    }

    /// The answers for a track from today, without asking which levers would open it.
    pub fn without_levers(case: &Case, track: TrackId) -> Self {
        TrackBrief::by(case, track, TableBrief::without_levers)
    }

    fn by(case: &Case, track: TrackId, table: impl Fn(&Case, TrackId, Deals) -> TableBrief) -> Self {
        TrackBrief {
            track,
            mandate: table(case, track, Deals::Mandate),
            concluding: case.tracks[track.0].concludes.map(|_| table(case, track, Deals::Concluding)),
        }
    }

    /// Its tables: deals under its own mandate, and deals that conclude its framework if it concludes one.
    pub fn tables(&self) -> impl Iterator<Item = (Deals, &TableBrief)> {
        let concluding = self.concluding.iter().map(|table| (Deals::Concluding, table));
        std::iter::once((Deals::Mandate, &self.mandate)).chain(concluding)
    }
}

/// What can be settled across tracks, where the case has a framework to fill.
pub fn assembly_of(case: &Case) -> Option<Result<Assembly, Refusal>> {
    (!case.frameworks.is_empty()).then(|| assemble(case))
}

/// Everything a brief prints.
#[derive(Debug)]
pub struct Brief<'c> {
    /// The case.
    pub case: &'c Case,
    /// Per track, in the order of the file.
    pub tracks: Vec<TrackBrief>,
    /// What can be settled across tracks, where there is a framework to fill; or why it was not computed.
    pub assembly: Option<Result<Assembly, Refusal>>,
    /// Whether today's choice of levers stays put, where someone can use one; or why that was not found out.
    pub stays: Option<Result<TodayStays, GameRefusal>>,
    /// How the process may unfold, where the case says how it moves from round to round; or why no runs were made.
    pub runs: Option<Result<Runs, String>>,
    /// Per claim, in the order of the file.
    pub claims: Vec<ClaimResult>,
    /// What the case's numbers rest on.
    pub evidence: EvidenceCount,
    /// All of it again under drawn numbers; `None` where none were drawn.
    pub draws: Option<EnsembleResult>,
}

impl<'c> Brief<'c> {
    /// Runs every analysis of a brief.
    pub fn of(case: &'c Case) -> Self {
        // The tables need nothing of the rest, and take about as long as what has to come before the claims.
        let (tracks, assembly, stays) = std::thread::scope(|scope| {
            let tracks =
                scope.spawn(|| (0..case.tracks.len()).map(|track| TrackBrief::of(case, TrackId(track))).collect());
            let assembly = assembly_of(case);
            let stays = match today_stays(case, SanctionRule::Legal, BRIEF_WORK_LIMIT) {
                Err(GameRefusal::NoLevers) => None,
                found => Some(found),
            };
            (tracks.join().expect("settling a table does not panic"), assembly, stays)
        });
        let reach = assembly.as_ref().and_then(|assembly| Some(Arc::clone(&assembly.as_ref().ok()?.reach)));
        let today = stays.as_ref().and_then(|stays| Some(Arc::clone(&stays.as_ref().ok()?.today)));
        let reaches = Reaches::knowing(reach, today);
        Brief {
            case,
            stays,
            tracks,
            assembly,
            claims: decide_all_in(case, &reaches),
            runs: Runs::of(case, &reaches),
            evidence: count_evidence(case),
            draws: None,
        }
    }

    /// Runs every analysis of a brief, and draws numbers from the ranges of the case.
    pub fn with_draws(case: &'c Case, settings: DrawSettings) -> Self {
        Brief::with_draws_unless(case, settings, &|| false).expect("nothing stops it")
    }

    /// The same, unless somebody wants it stopped while it draws; nothing is given then.
    pub fn with_draws_unless(case: &'c Case, settings: DrawSettings, stop: &Stop<'_>) -> Option<Self> {
        let mut brief = Brief::of(case);
        let ensemble = Ensemble::new(case, true);
        // Where nothing varies, draws would only say again what the point values say.
        if ensemble.varies() {
            let drawn = ensemble.run_unless(settings, stop)?;
            add_draws(&mut brief.claims, &drawn.claims);
            brief.draws = Some(drawn);
        }
        Some(brief)
    }

    /// In how many draws a table has a deal, if draws were made and any was decided.
    pub fn shares(&self, track: TrackId, deals: Deals) -> Option<&TableShares> {
        self.draws
            .as_ref()?
            .tables
            .iter()
            .find(|shares| shares.track == track && shares.deals == deals && shares.open.share().is_some())
    }

    /// The tracks that meet, as of the case's date.
    pub fn open_tracks(&self) -> impl Iterator<Item = &TrackBrief> {
        self.tracks.iter().filter(|brief| self.case.tracks[brief.track.0].status == Status::Open)
    }
}
