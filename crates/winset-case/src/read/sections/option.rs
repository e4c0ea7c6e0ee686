//! `[option]`: what an actor considers doing, to be compared with what stands.

use super::super::Reader;
use super::super::names::Kind;
use super::super::table::Section;
use crate::diagnostic::Code;
use crate::edit::Change;
use crate::format;
use crate::model::{ActorId, Case, LeverClash, LeverId, PolicyOption, ReadingId};

impl Reader {
    pub(super) fn policy_option(&mut self, id: &str, _: usize, mut section: Section<'_>) -> PolicyOption {
        let name = self.name(&mut section, id);
        let actor = self.reference(&mut section, "actor", Kind::Actor).map(|(actor, _)| ActorId(actor));
        let reading = self.reference(&mut section, "reading", Kind::Reading).map(|(reading, _)| ReadingId(reading));
        let levers = section.take("levers");
        self.spans.options.push(levers.as_ref().map_or(section.span.clone(), |field| field.span.clone()));
        let levers = self.references(levers, Kind::Lever).into_iter().map(LeverId).collect();
        // Edits of this option may give mandates parts that they have nowhere else.
        let mandates = self.mandates.clone();
        let edits = section.take("edits");
        let edits = self.edit_list(edits.as_ref());
        self.mandates = mandates;
        let evidence = self.evidence(&mut section);
        section.finish(&format::OPTION, &mut self.report);
        PolicyOption { id: id.to_owned(), name, actor, levers, edits, reading, evidence }
    }

    /// Reports options that put levers in use that cannot be used so. Only once all levers are known.
    pub(super) fn option_levers(&mut self, case: &Case) {
        for (option, span) in case.options.iter().zip(std::mem::take(&mut self.spans.options)) {
            let mut levers = case.levers.clone();
            option.levers.iter().for_each(|lever| levers[lever.0].on = true);
            for edit in &option.edits {
                if let Change::Lever(lever, on) = edit.change {
                    levers[lever.0].on = on;
                }
            }
            if let Some(clash) = LeverClash::among(&levers) {
                let (message, help) = clash.words(&levers);
                let message = format!("in the option `{}` {message}", option.id);
                self.report.error(Code::BadOption, span, message, help);
            }
        }
    }
}
