//! On whose terms a table would settle when the case's numbers are drawn from their ranges.

use winset_case::{ActorId, Case, TrackId};
use winset_chance::Luck;
use winset_settle::{Amount, Deals, Vote};

use crate::brief::{Brief, TableBrief};
use crate::draws::{DrawSettings, Drawing};

/// Draws, at most: a range of shares needs fewer than a share of draws.
const TERMS_DRAWS: u64 = 200;
/// Tables with more packages than this are not asked.
const MOST_PACKAGES: u64 = 2_000;

/// Over draws, the share of the gain each player has at the bargaining point of one table.
#[derive(Debug, Clone)]
pub struct TermsRange {
    /// Where.
    pub track: TrackId,
    /// Which deals.
    pub deals: Deals,
    /// How many draws were made.
    pub draws: u64,
    /// In how many of them there is a deal; the shares are of those.
    pub with_deal: u64,
    /// Per player that says yes in some draw, the share below which 5 % of draws lie and the one above which 5 % do, from 0 to 1.
    pub shares: Vec<(ActorId, f64, f64)>,
}

/// The ranges of terms over draws, for every table with a deal that is small enough; empty where nothing was drawn.
pub fn terms_over_draws(brief: &Brief<'_>) -> Vec<TermsRange> {
    let Some(ensemble) = &brief.draws else { return Vec::new() };
    let tables: Vec<(TrackId, Deals)> = brief
        .tracks
        .iter()
        .flat_map(|track| track.tables().map(|(deals, table)| (track.track, deals, table)))
        .filter(|(.., table)| table.settlement.as_ref().is_ok_and(|found| found.examined <= MOST_PACKAGES))
        .filter(|(.., table)| table.has_deal() == Some(true))
        .map(|(track, deals, _)| (track, deals))
        .collect();
    let draws = ensemble.settings.draws.min(TERMS_DRAWS);
    if tables.is_empty() || draws == 0 {
        return Vec::new();
    }
    let threads = (ensemble.settings.threads as u64).clamp(1, draws);
    let ask = |thread: u64| ask(brief.case, ensemble.settings, &tables, (thread..draws).step_by(threads as usize));
    let mut found: Vec<Samples> = std::thread::scope(|scope| {
        let ask = &ask;
        let running: Vec<_> = (0..threads).map(|thread| scope.spawn(move || ask(thread))).collect();
        running.into_iter().map(|thread| thread.join().expect("a draw does not panic")).collect()
    });
    let mut all = found.pop().unwrap_or_default();
    for part in found {
        for (all, part) in all.iter_mut().zip(part) {
            all.extend(part);
        }
    }
    let ranges = tables.iter().zip(&all).map(|((track, deals), points)| range(*track, *deals, draws, points));
    ranges.collect()
}

/// Per table, for each draw with a deal: each player's share.
type Samples = Vec<Vec<Vec<(ActorId, f64)>>>;

fn ask(case: &Case, settings: DrawSettings, tables: &[(TrackId, Deals)], draws: impl Iterator<Item = u64>) -> Samples {
    let drawing = Drawing::of(case);
    let mut luck = Luck::new(settings.seed, 0);
    let mut changed = case.clone();
    let mut found: Samples = vec![Vec::new(); tables.len()];
    for draw in draws {
        luck.turn_to(draw);
        drawing.put(&mut luck, &mut changed);
        for ((track, deals), found) in tables.iter().zip(&mut found) {
            let table = TableBrief::without_levers(&changed, *track, *deals);
            let Some(at) = table.bargaining_point() else { continue };
            let shares = at.settlement.players.iter().zip(&at.point.terms.shares).zip(&at.point.votes);
            let said_yes = shares.filter(|(_, vote)| **vote == Vote::Yes);
            let share = |share: &winset_settle::BigRational| Amount::from(share.clone()).to_f64().unwrap_or(0.0);
            found.push(said_yes.map(|((player, of), _)| (*player, share(of))).collect());
        }
    }
    found
}

fn range(track: TrackId, deals: Deals, draws: u64, points: &[Vec<(ActorId, f64)>]) -> TermsRange {
    let mut players: Vec<ActorId> = points.iter().flatten().map(|(player, _)| *player).collect();
    players.sort_unstable();
    players.dedup();
    let shares = players.into_iter().map(|player| {
        let mut shares: Vec<f64> =
            points.iter().flatten().filter(|(other, _)| *other == player).map(|(_, share)| *share).collect();
        shares.sort_by(f64::total_cmp);
        let last = shares.len() - 1;
        (player, shares[last / 20], shares[last - last / 20])
    });
    TermsRange { track, deals, draws, with_deal: points.len() as u64, shares: shares.collect() }
}
