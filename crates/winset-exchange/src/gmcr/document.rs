//! The options and decision makers of a `.gmcr` file.

use std::rc::Rc;

use winset_stability::{Direction, ModelOption, OPTION_LIMIT};

use super::condition::whole;
use crate::finding::Code;
use crate::tree::{Node, Reading};

/// A decision maker as it stands in the file.
pub(super) struct Player {
    pub(super) name: String,
    pub(super) node: Rc<Node>,
}

/// Who takes part with which options.
pub(super) struct Cast {
    pub(super) players: Vec<Player>,
    /// In the order of their owners.
    pub(super) options: Vec<ModelOption>,
    /// Per option of the file its position in `options`.
    pub(super) positions: Vec<Option<usize>>,
}

/// The options as the file lists them: name and direction.
fn options(node: &Node, reading: &mut Reading<'_>) -> Option<Vec<(String, Direction, Rc<Node>)>> {
    let list = reading.require(node, "options", "list the options: `\"options\": [{\"name\": …}, …]`")?;
    let list = reading.items(list, "`options`")?;
    if list.len() > OPTION_LIMIT {
        let message = format!("this model has {} options", list.len());
        reading.error(Code::TooLarge, node, message, format!("up to {OPTION_LIMIT} options can be analysed"));
        return None;
    }
    let mut read = Vec::new();
    for option in list {
        let name = reading.require(option, "name", "give every option a name")?;
        let name = name.text().unwrap_or_default().to_owned();
        let direction = option.get("permittedDirection");
        let direction = match direction.and_then(|direction| direction.text()) {
            Some("fwd") => Direction::OnlyOn,
            Some("back") => Direction::OnlyOff,
            Some("both") | None => Direction::Both,
            Some(other) => {
                let message =
                    format!("`{other}` is no direction the program knows, so the option may change both ways");
                let place = (reading.file, direction.map_or(0..0, |direction| direction.span.clone()));
                reading.findings.warning(Code::Differs, place, message, "write \"both\", \"fwd\" or \"back\"");
                Direction::Both
            }
        };
        read.push((name, direction, Rc::clone(option)));
    }
    Some(read)
}

/// Reads who takes part. Options nobody holds, or several do, are refused: the program computes moves for them that are not in the model.
pub(super) fn cast(node: &Node, reading: &mut Reading<'_>) -> Option<Cast> {
    let listed = options(node, reading)?;
    let help = "list the decision makers: `\"decisionMakers\": [{\"name\": …, \"options\": […]}, …]`";
    let makers = reading.require(node, "decisionMakers", help)?;
    let makers = reading.items(makers, "`decisionMakers`")?;
    let mut cast = Cast { players: Vec::new(), options: Vec::new(), positions: vec![None; listed.len()] };
    for (owner, maker) in makers.iter().enumerate() {
        let name = reading.require(maker, "name", "give every decision maker a name")?;
        let name = name.text().unwrap_or_default().to_owned();
        let numbers =
            reading.require(maker, "options", "list the numbers of the options it holds: `\"options\": [0, 1]`")?;
        for entry in reading.items(numbers, "`options`")? {
            let Some(number) = whole(entry).filter(|number| *number < listed.len()) else {
                let message = format!("{name} holds an option that is not listed");
                let help = format!("name it by its number in `options`, from 0 to {}", listed.len().saturating_sub(1));
                reading.error(Code::NotInDomain, entry, message, help);
                continue;
            };
            let (option, direction, _) = &listed[number];
            if let Some(position) = cast.positions[number] {
                let other =
                    &cast.players.get(cast.options[position].owner).map_or(name.as_str(), |player| &player.name);
                let message = if cast.options[position].owner == owner {
                    format!("{name} holds option {number} (`{option}`) twice")
                } else {
                    format!("option {number} (`{option}`) is held by {name} and by {other}")
                };
                let help = "give it to one decision maker, or make two options of it: the program's own answers on shared options are wrong";
                reading.error(Code::NotSupported, entry, message, help);
                continue;
            }
            cast.positions[number] = Some(cast.options.len());
            cast.options.push(ModelOption { name: option.clone(), owner, direction: *direction });
        }
        cast.players.push(Player { name, node: Rc::clone(maker) });
    }
    for (number, (name, _, place)) in listed.iter().enumerate() {
        if cast.positions[number].is_none() {
            let message = format!("nobody holds option {number} (`{name}`)");
            let help = "put its number into the `options` of a decision maker, or delete it; the program gives states with such an option no moves at all, and so equilibria that are none";
            reading.error(Code::NotSupported, place, message, help);
        }
    }
    (!reading.findings.has_errors()).then_some(cast)
}
