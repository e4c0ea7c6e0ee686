//! GENIUS XML: a domain file and one file per profile, under GENIUS's own conventions.
//!
//! Lin, Kraus, Baarslag, Tykhonov, Hindriks & Jonker (2014), "Genius: an integrated environment for supporting the design of generic automated negotiators",
//! *Computational Intelligence* 30(1), 48–70. Worth is Σ weight · evaluation, where a discrete evaluation is divided by the largest of its issue; weights are not
//! normalised; no agreement is worth 0 unless the profile says otherwise.

mod domain;
mod evaluator;
mod profile;
mod rectangles;
mod xml;

pub(crate) use domain::read_domain;
pub(crate) use profile::read_profile;
pub(crate) use xml::{Page, Root, open};
