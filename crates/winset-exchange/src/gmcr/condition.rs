//! Conditions of a `.gmcr` file: lists of options with Y or N, and alternatives of such lists.

use winset_stability::Formula;

use crate::finding::Code;
use crate::tree::{Node, Reading};

/// The position of an option, as the file lists them, among the options put in the order of their owners.
pub(super) type Positions<'p> = &'p [Option<usize>];

/// A condition: `[[option, "Y"], …]`, all of which must hold, or `{"compound": true, "members": […]}`, one of which must. `None` if it is neither, which is
/// reported.
pub(super) fn condition(node: &Node, positions: Positions<'_>, reading: &mut Reading<'_>) -> Option<Formula> {
    if node.entries().is_some() {
        let help = "write `{\"compound\": true, \"members\": […]}`, or a list of pairs such as `[0, \"Y\"]`";
        let members = reading.require(node, "members", help)?;
        let members = reading.items(members, "`members`")?;
        let read: Vec<Formula> = members.iter().filter_map(|member| condition(member, positions, reading)).collect();
        return (read.len() == members.len()).then_some(Formula::Any(read));
    }
    let pairs = reading.items(node, "a condition")?;
    let (mut mask, mut value, mut never) = (0_u64, 0_u64, false);
    for pair in pairs {
        let parts = pair.items().filter(|parts| parts.len() == 2);
        let Some([option, choice]) = parts else {
            let message = "an option of a condition must be a pair of its number and \"Y\" or \"N\"";
            reading.error(Code::NotWellFormed, pair, message, "write it as `[0, \"Y\"]`");
            return None;
        };
        let bit = 1_u64 << option_position(option, positions, reading)?;
        let taken = match choice.text() {
            Some("Y") => true,
            Some("N") => false,
            Some("y" | "n") => {
                let message = "this is a small letter, which the program never finds, so the condition never holds";
                let place = (reading.file, choice.span.clone());
                reading.findings.warning(Code::Differs, place, message, "write \"Y\" or \"N\" if it should");
                never = true;
                continue;
            }
            _ => {
                let message = "an option of a condition must be \"Y\" (taken) or \"N\" (not taken)";
                reading.error(Code::NotWellFormed, choice, message, "write \"Y\" or \"N\"");
                return None;
            }
        };
        never |= mask & bit != 0 && (value & bit != 0) != taken;
        mask |= bit;
        value |= if taken { bit } else { 0 };
    }
    Some(if never {
        Formula::Constant(false)
    } else if mask == 0 {
        Formula::Constant(true)
    } else {
        Formula::Pattern { mask, value }
    })
}

/// The position of an option that is named by its number in the file.
fn option_position(node: &Node, positions: Positions<'_>, reading: &mut Reading<'_>) -> Option<usize> {
    let found = whole(node).and_then(|number| positions.get(number));
    if found.is_none() {
        let message = format!("there is no option {}", node.text().unwrap_or("of this kind"));
        let help = format!("the file lists {} options, which are counted from 0", positions.len());
        reading.error(Code::NotInDomain, node, message, help);
    }
    found.copied().flatten()
}

/// A whole number that is written as one.
pub(super) fn whole(node: &Node) -> Option<usize> {
    match &node.kind {
        crate::tree::Kind::Scalar { text, plain: true } => text.parse().ok(),
        _ => None,
    }
}
