//! A case as the text of its file.

use std::fmt::Write as _;

use super::{Fallback, Hundredths, Spec};

/// A number as a person writes it.
pub(crate) fn number(hundredths: Hundredths) -> String {
    let (sign, size) = (if hundredths < 0 { "-" } else { "" }, hundredths.abs());
    match size % 100 {
        0 => format!("{sign}{}", size / 100),
        rest if rest % 10 == 0 => format!("{sign}{}.{}", size / 100, rest / 10),
        rest => format!("{sign}{}.{rest:02}", size / 100),
    }
}

fn string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn table(entries: impl Iterator<Item = (String, String)>) -> String {
    format!(
        "{{ {} }}",
        entries.map(|(key, value)| format!("{} = {value}", string(&key))).collect::<Vec<_>>().join(", ")
    )
}

impl Spec {
    /// The text of the case file.
    pub(crate) fn to_toml(&self) -> String {
        let mut out = String::new();
        self.write(&mut out).expect("writing to a string");
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "[case]\ntitle = \"Random\"\nas_of = 2020-01-01")?;
        if self.no_agreement {
            writeln!(out, "today = \"no-agreement\"")?;
        }
        for issue in &self.issues {
            let options = list(issue.options.iter().map(|option| string(option)));
            writeln!(out, "\n[issue.{0}]\nname = \"{0}\"\noptions = {options}", issue.id)?;
            if !self.no_agreement {
                writeln!(out, "today = {}", string(&issue.options[issue.today]))?;
            }
        }
        if !self.defines.is_empty() {
            writeln!(out, "\n[define]")?;
            for (name, condition) in &self.defines {
                writeln!(out, "{name} = {}", string(condition))?;
            }
        }
        self.write_actors(out)?;
        for (index, tie) in self.ties.iter().enumerate() {
            writeln!(out, "\n[tie.tie-{index}]\nkind = \"patron\"")?;
            let (from, to) = (&self.actors[tie.from].id, &self.actors[tie.to].id);
            writeln!(out, "from = {}\nto = {}\nleverage = {}", string(from), string(to), number(tie.leverage))?;
        }
        self.write_tracks(out)?;
        for framework in &self.frameworks {
            let reading = if framework.strict { "strict" } else { "nominal" };
            writeln!(out, "\n[framework.{0}]\nname = \"{0}\"\nreading = \"{reading}\"", framework.id)?;
            writeln!(out, "[framework.{}.benchmarks]", framework.id)?;
            for (id, nominal, strict) in &framework.benchmarks {
                match strict {
                    None => writeln!(out, "{id} = {}", string(nominal))?,
                    Some(strict) => {
                        writeln!(out, "{id} = {{ nominal = {}, strict = {} }}", string(nominal), string(strict))?;
                    }
                }
            }
        }
        self.write_levers(out)
    }

    fn write_actors(&self, out: &mut String) -> std::fmt::Result {
        for actor in &self.actors {
            writeln!(out, "\n[actor.{0}]\nname = \"{0}\"", actor.id)?;
            if let Some(principal) = actor.principal {
                writeln!(out, "principal = {}", string(&self.actors[principal].id))?;
            }
            match &actor.fallback {
                None => {}
                Some(Fallback::Worth(worth)) => writeln!(out, "fallback = {}", number(*worth))?,
                Some(Fallback::CostOfGoingOn(cost)) => {
                    writeln!(out, "fallback = {{ cost_of_going_on = {} }}", number(*cost))?;
                }
                Some(Fallback::War { win, lose, probability, cost }) => {
                    let [win, lose, probability, cost] = [win, lose, probability, cost].map(|value| number(*value));
                    writeln!(
                        out,
                        "fallback = {{ war = {{ win = {win}, lose = {lose}, probability = {probability}, cost = {cost} }} }}"
                    )?;
                }
            }
            if let Some(ends) = &actor.ends {
                writeln!(out, "ends = {}", string(ends))?;
            }
            if !actor.weights.is_empty() {
                let weights = self.issues.iter().zip(&actor.weights);
                let weights = weights.filter_map(|(issue, weight)| Some((issue.id.clone(), number((*weight)?))));
                writeln!(out, "weights = {}", table(weights))?;
                let values = self.issues.iter().zip(&actor.values).filter(|(_, values)| !values.is_empty());
                let values = values.map(|(issue, values)| {
                    let options = issue.options.iter().zip(values);
                    (issue.id.clone(), table(options.map(|(option, value)| (option.clone(), number(*value)))))
                });
                writeln!(out, "values = {}", table(values))?;
            }
            for (id, when, price) in &actor.red_lines {
                writeln!(out, "[[actor.{}.red_line]]\nid = {}\nwhen = {}", actor.id, string(id), string(when))?;
                if let Some(price) = price {
                    writeln!(out, "price = {}", number(*price))?;
                }
            }
            for (id, when, bonus) in &actor.linkages {
                writeln!(out, "[[actor.{}.linkage]]\nid = {}\nwhen = {}", actor.id, string(id), string(when))?;
                writeln!(out, "bonus = {}", number(*bonus))?;
            }
        }
        Ok(())
    }

    fn write_tracks(&self, out: &mut String) -> std::fmt::Result {
        for track in &self.tracks {
            let agenda = list(track.agenda.iter().map(|issue| string(&self.issues[*issue].id)));
            writeln!(
                out,
                "\n[track.{0}]\nname = \"{0}\"\nagenda = {agenda}\nstatus = \"{1}\"",
                track.id, track.status
            )?;
            if let Some(mandate) = &track.mandate {
                writeln!(out, "mandate = {}", string(mandate))?;
            }
            if track.parties_only {
                writeln!(out, "rule = \"parties-only\"")?;
            }
            if let Some(framework) = track.concludes {
                writeln!(out, "concludes = {}", string(&self.frameworks[framework].id))?;
            }
            let role = |roles: &[&str]| match roles {
                [role] => string(role),
                roles => list(roles.iter().map(|role| string(role))),
            };
            let seats = track.seats.iter().map(|(actor, roles)| (self.actors[*actor].id.clone(), role(roles)));
            writeln!(out, "seats = {}", table(seats))?;
        }
        Ok(())
    }

    fn write_levers(&self, out: &mut String) -> std::fmt::Result {
        for lever in &self.levers {
            writeln!(out, "\n[lever.{0}]\nname = \"{0}\"\ncost = {1}", lever.id, number(lever.cost))?;
            writeln!(out, "channel = \"{}\"", lever.channel)?;
            if !lever.available {
                writeln!(out, "available = false")?;
            }
            if let Some(intensity) = lever.intensity {
                writeln!(out, "intensity = {}", number(intensity))?;
            }
            for (key, levers) in [("requires", &lever.requires), ("excludes", &lever.excludes)] {
                if !levers.is_empty() {
                    writeln!(out, "{key} = {}", list(levers.iter().map(|lever| string(&self.levers[*lever].id))))?;
                }
            }
            let edits =
                lever.edits.iter().map(|edit| string(&format!("{} {} {}", edit.path, edit.operator, edit.value)));
            writeln!(out, "edits = {}", list(edits))?;
        }
        Ok(())
    }
}
