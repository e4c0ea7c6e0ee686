//! What the decision makers of a `.gmcr` file prefer.

use winset_stability::{Formula, Order, Preference, States};

use super::condition::{Positions, condition, whole};
use super::document::Player;
use crate::finding::Code;
use crate::tree::{Node, Reading};

/// The key of a ranking, now and in earlier versions.
const RANKING: [&str; 2] = ["preferenceRanking", "preferenceVector"];

/// The preference of one decision maker: its ranking where rankings are given by hand, else its statements.
pub(super) fn preference(
    player: &Player,
    by_hand: bool,
    states: &States,
    positions: Positions<'_>,
    reading: &mut Reading<'_>,
) -> Option<Preference> {
    if by_hand {
        return ranking(player, states, reading).map(Preference::Ranking);
    }
    statements(player, positions, reading).map(Preference::Statements)
}

/// The preference of one decision maker where states are not listed: its statements.
pub(super) fn order(
    player: &Player,
    by_hand: bool,
    positions: Positions<'_>,
    reading: &mut Reading<'_>,
) -> Option<Order> {
    if by_hand {
        let place = RANKING.into_iter().find_map(|key| player.node.get(key)).unwrap_or(&player.node);
        let message = format!("the ranking of {} names states one by one, and here they are not listed", player.name);
        let help = "set `useManualPreferenceRanking` to false and give statements in `preferences`, or rule out more in `infeasibles` until the states can be listed";
        reading.error(Code::TooLarge, place, message, help);
        return None;
    }
    statements(player, positions, reading).map(Order::Statements)
}

fn statements(player: &Player, positions: Positions<'_>, reading: &mut Reading<'_>) -> Option<Vec<Formula>> {
    let help = "list its statements, the most important first: `\"preferences\": [[[0, \"Y\"]], …]`";
    let list = reading.require(&player.node, "preferences", help)?;
    let list = reading.items(list, "`preferences`")?;
    let statements: Vec<Formula> =
        list.iter().filter_map(|statement| condition(statement, positions, reading)).collect();
    (statements.len() == list.len()).then_some(statements)
}

/// The ranking by ordered numbers, best first; a list within it is a tie.
fn ranking(player: &Player, states: &States, reading: &mut Reading<'_>) -> Option<Vec<Vec<usize>>> {
    let key = RANKING.into_iter().find_map(|key| player.node.get(key));
    let Some(list) = key else {
        let message = format!("rankings are given by hand, and {} has none", player.name);
        let help = "add `\"preferenceRanking\": […]` with every state, best first; or set `useManualPreferenceRanking` to false";
        reading.error(Code::Missing, &player.node, message, help);
        return None;
    };
    let mut seen = vec![false; states.len()];
    let mut groups = Vec::new();
    let mut read = |node: &Node, reading: &mut Reading<'_>| {
        let number = whole(node).filter(|number| (1..=states.len()).contains(number));
        let Some(number) = number else {
            let message = format!("the ranking of {} names a state that is none", player.name);
            let help = format!("the feasible states are numbered 1 to {}", states.len());
            reading.error(Code::NotInDomain, node, message, help);
            return None;
        };
        if std::mem::replace(&mut seen[number - 1], true) {
            let message = format!("the ranking of {} has state {number} twice", player.name);
            reading.error(Code::Duplicate, node, message, "every state has one place");
            return None;
        }
        Some(number - 1)
    };
    for entry in reading.items(list, "a ranking")? {
        let group = match entry.items() {
            Some(tied) => tied.iter().filter_map(|state| read(state, reading)).collect(),
            None => read(entry, reading).into_iter().collect(),
        };
        groups.push(group);
    }
    let missing: Vec<String> =
        (0..states.len()).filter(|state| !seen[*state]).map(|state| (state + 1).to_string()).collect();
    if !missing.is_empty() && !reading.findings.has_errors() {
        let shown = missing[..missing.len().min(6)].join(", ");
        let more = if missing.len() > 6 { format!(" and {} more", missing.len() - 6) } else { String::new() };
        let message = format!("the ranking of {} leaves out {shown}{more}", player.name);
        reading.error(
            Code::Missing,
            list,
            message,
            "rank every feasible state; put tied ones in a list within the list",
        );
    }
    (!reading.findings.has_errors()).then_some(groups)
}
