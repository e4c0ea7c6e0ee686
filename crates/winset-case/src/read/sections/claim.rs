//! `[[claim]]`.

use super::super::Reader;
use super::super::table::{Field, Section};
use crate::edit::Edit;
use crate::format;
use crate::model::{Check, Claim};

impl Reader {
    pub(super) fn claims(&mut self, root: &mut Section<'_>) -> Vec<Claim> {
        let sections = root.take("claim").map(|field| field.tables("claim", &mut self.report)).unwrap_or_default();
        let mut seen = Vec::new();
        let mut claims = Vec::new();
        for mut section in sections {
            let id = self.own_id(&mut section, &mut seen, "the claim");
            claims.push(self.claim(id, section));
        }
        claims
    }

    fn claim(&mut self, id: String, mut section: Section<'_>) -> Claim {
        let says = section.require("says", &mut self.report).and_then(|field| field.words(&mut self.report));
        // Edits of this claim may give mandates parts that they have nowhere else.
        let mandates = self.mandates.clone();
        let with = section.take("with");
        let with = self.edit_list(with.as_ref());
        let control = section.take("control");
        let control = self.edit_list(control.as_ref());
        let text = section.require("check", &mut self.report).and_then(|field| field.text(&mut self.report));
        let check = text.and_then(|text| self.check(text));
        self.mandate_parts();
        self.mandates = mandates;
        let evidence = self.evidence(&mut section);
        section.finish(&format::CLAIM, &mut self.report);
        Claim {
            id,
            says: says.unwrap_or_default(),
            check_text: text.map(|text| text.text.trim().to_owned()).unwrap_or_default(),
            check: check.unwrap_or(Check::Undecidable(String::new())),
            with,
            control,
            evidence,
        }
    }

    pub(super) fn edit_list(&mut self, field: Option<&Field<'_>>) -> Vec<Edit> {
        let texts = field.and_then(|field| field.texts(&mut self.report)).unwrap_or_default();
        self.edits(texts).into_iter().map(|(edit, _)| edit).collect()
    }
}
