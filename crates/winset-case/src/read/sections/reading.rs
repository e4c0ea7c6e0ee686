//! `[reading]`, as far as it is about the reading itself. What it changes is read with the case it is laid over.

use super::super::Reader;
use super::super::evidence;
use super::super::table::Section;
use crate::model::Evidence;

/// What a reading says of itself.
#[derive(Debug)]
pub(in super::super) struct ReadingHead {
    pub(in super::super) id: String,
    pub(in super::super) name: String,
    pub(in super::super) evidence: Evidence,
}

impl Reader {
    pub(super) fn reading(&mut self, id: &str, _: usize, mut section: Section<'_>) -> ReadingHead {
        let name = self.name(&mut section, id);
        let is_section = |key: &str| section.get(key).is_some_and(|field| field.as_table(String::new()).is_some());
        let keys: Vec<&str> = evidence::KEYS.into_iter().filter(|key| !is_section(key)).collect();
        let evidence = self.evidence_under(&mut section, &keys);
        // The rest is laid over the case.
        section.rest();
        ReadingHead { id: id.to_owned(), name, evidence }
    }
}
