//! From files to a case: which file is what, then domain, profiles, and the case's text.

use std::collections::BTreeMap;
use std::rc::Rc;

use num_traits::Zero;
use winset_case::{Severity, SourceText};

use crate::encode::{Encoded, encode};
use crate::finding::{Code, Finding, Findings, quoted_list};
use crate::genius::{self, Page, Root};
use crate::number::{Number, short};
use crate::options::Options;
use crate::scenario::{Domain, Profile, Worth};
use crate::tree::{Node, Reading};
use crate::{geniusweb, json, negmas, text, write, yaml};

/// A file of another program.
#[derive(Debug, Clone)]
pub struct InputFile {
    /// Its name, which messages and the case cite.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What importing gives.
#[derive(Debug)]
pub struct Import {
    /// The text of the case, if no finding stands in its way. It is well formed.
    pub text: Option<String>,
    /// The files as text, which the places of the findings refer to.
    pub files: Vec<SourceText>,
    /// Everything worth saying about the files, errors first.
    pub findings: Vec<Finding>,
}

/// The programs whose files are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Program {
    Genius,
    Negmas,
    GeniusWeb,
}

impl Program {
    fn name(self) -> &'static str {
        match self {
            Program::Genius => "GENIUS",
            Program::Negmas => "NegMAS",
            Program::GeniusWeb => "GeniusWeb",
        }
    }
}

/// What a file holds.
enum Content<'t> {
    Xml(Page<'t>),
    Tree(Rc<Node>),
}

/// A file that belongs to the scenario.
struct Part<'t> {
    file: usize,
    program: Program,
    is_domain: bool,
    content: Content<'t>,
}

/// Imports one scenario: a domain and its profiles, in the order given. Files that are neither are left out with a warning.
pub fn import(files: &[InputFile], options: &Options) -> Import {
    let mut findings = Findings::default();
    let mut sources = Vec::new();
    let mut readable = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let (source, is_text) = if is_data(&file.name) {
            (SourceText { name: file.name.clone(), text: String::new() }, false)
        } else {
            text::decode(file, index, &mut findings)
        };
        sources.push(source);
        readable.push(is_text);
    }
    let text = scenario(&sources, &readable, options, &mut findings);
    Import { text: text.filter(|_| !findings.has_errors()), files: sources, findings: findings.finish() }
}

/// Files that are known to lie beside scenarios: results, and what a desktop puts everywhere.
fn is_data(name: &str) -> bool {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.starts_with('.')
        || name.starts_with('_')
        || ["pareto.xml", "stats.json"].contains(&name.to_ascii_lowercase().as_str())
}

fn scenario(sources: &[SourceText], readable: &[bool], options: &Options, findings: &mut Findings) -> Option<String> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for (file, source) in sources.iter().enumerate().filter(|(file, _)| readable[*file]) {
        parts.extend(part(source, file, findings));
    }
    let programs: Vec<Program> = [Program::Genius, Program::Negmas, Program::GeniusWeb]
        .into_iter()
        .filter(|program| parts.iter().any(|part| part.program == *program))
        .collect();
    let program = match programs.as_slice() {
        [only] => *only,
        [] => {
            if !findings.has_errors() {
                let help = "give a folder with a GENIUS domain and profiles (XML), a NegMAS scenario (YAML or JSON) or GeniusWeb files (JSON)";
                findings.general(Code::NoScenario, "there is no scenario here", help);
            }
            return None;
        }
        several => {
            let names: Vec<&str> = several.iter().map(|program| program.name()).collect();
            let message = format!("these are files of {}", names.join(" and "));
            findings.general(Code::NoScenario, message, "import the files of one program at a time");
            return None;
        }
    };
    let (domains, profiles): (Vec<&Part<'_>>, Vec<&Part<'_>>) = parts.iter().partition(|part| part.is_domain);
    let domain_part = match domains.as_slice() {
        [only] => Some(*only),
        // A GeniusWeb profile carries its domain.
        [] if program == Program::GeniusWeb && !findings.has_errors() => None,
        [] => {
            if !findings.has_errors() {
                let what =
                    if program == Program::Genius { "`<negotiation_template>`" } else { "`type: …OutcomeSpace`" };
                let help = format!("give the domain file as well, the one with {what}");
                findings.general(Code::NoScenario, "there are profiles here, but no domain", help);
            }
            return None;
        }
        several => {
            for part in &several[1..] {
                let message = format!("this is a second domain, beside {}", sources[several[0].file].name);
                findings.error(
                    Code::NoScenario,
                    (part.file, 0..0),
                    message,
                    "import one scenario at a time: name its files",
                );
            }
            return None;
        }
    };
    let (mut domain, profiles) = read(domain_part, &profiles, sources, options, findings)?;
    if profiles.is_empty() && !findings.has_errors() {
        findings.general(
            Code::NoScenario,
            "there is a domain here, but no profile",
            "give the profiles of the parties as well",
        );
    }
    if findings.has_errors() {
        return None;
    }
    if !domain.issues.iter().any(|issue| issue.options.len() > 1) {
        let message = "no issue of this domain has more than one value, so there is nothing to settle";
        findings.error(Code::NoScenario, (domain.file, 0..0), message, "give the domain with all its values");
        return None;
    }
    if domain.name.trim().is_empty() {
        sources[domain.file].name.clone_into(&mut domain.name);
    }
    case(program, &domain, profiles, sources, options, findings)
}

/// What a file is to the scenario; a file that is nothing to it is left out with a warning.
fn part<'t>(source: &'t SourceText, file: usize, findings: &mut Findings) -> Option<Part<'t>> {
    let ending = source.name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase());
    let left_out = |what: &str, findings: &mut Findings| {
        let message = format!("{} is {what}, and was left out", source.name);
        let help = "a scenario is made of GENIUS XML, of NegMAS YAML or JSON, or of GeniusWeb JSON";
        findings.warning(Code::LeftOut, (file, 0..0), message, help);
    };
    let is_xml = ending == "xml";
    if !is_xml && !["yml", "yaml", "json"].contains(&ending.as_str()) {
        left_out("no XML, YAML or JSON file by its name", findings);
        return None;
    }
    if source.text.trim().is_empty() {
        left_out("empty", findings);
        return None;
    }
    if is_xml {
        // Results are often written beside profiles under the same ending.
        if !source.text.contains('<') {
            left_out("no XML", findings);
            return None;
        }
        let page = genius::open(&source.text, file, findings)?;
        let Some(root) = page.root() else {
            left_out("neither a GENIUS domain nor a profile", findings);
            return None;
        };
        return Some(Part {
            file,
            program: Program::Genius,
            is_domain: root == Root::Domain,
            content: Content::Xml(page),
        });
    }
    let tree = if ending == "json" {
        json::read(&source.text, file, findings)
    } else {
        yaml::read(&source.text, file, findings)
    }?;
    let part = |program, is_domain, tree| Part { file, program, is_domain, content: Content::Tree(tree) };
    if let Some(sort) = negmas::sort(&tree) {
        return Some(part(Program::Negmas, sort == negmas::Sort::Domain, tree));
    }
    match geniusweb::sort(&tree) {
        Some(geniusweb::Sort::Domain) => Some(part(Program::GeniusWeb, true, tree)),
        Some(geniusweb::Sort::Profile(space)) => {
            let space = Rc::clone(space);
            Some(part(Program::GeniusWeb, false, space))
        }
        Some(geniusweb::Sort::Other(kind)) => {
            let message = format!("a `{kind}` cannot be imported");
            let help = "give the profile as a `LinearAdditiveUtilitySpace`";
            findings.error(Code::NotSupported, (file, 0..0), message, help);
            None
        }
        None => {
            left_out("neither a domain nor a profile", findings);
            None
        }
    }
}

/// The domain and the profiles over it.
fn read(
    domain_part: Option<&Part<'_>>,
    profiles: &[&Part<'_>],
    sources: &[SourceText],
    options: &Options,
    findings: &mut Findings,
) -> Option<(Domain, Vec<Profile>)> {
    let mut indices = BTreeMap::new();
    let domain = match domain_part.map(|part| (part, &part.content)) {
        Some((_, Content::Xml(page))) => {
            let (domain, found) = genius::read_domain(page, options, findings);
            indices = found;
            domain
        }
        Some((part, Content::Tree(tree))) => {
            let mut reading = Reading { file: part.file, findings };
            match part.program {
                Program::Negmas => negmas::read_domain(tree, &mut reading, options),
                _ => geniusweb::read_domain(tree, &mut reading),
            }
        }
        None => {
            let first = profiles.first()?;
            let Content::Tree(tree) = &first.content else { return None };
            let mut reading = Reading { file: first.file, findings };
            let own =
                reading.require(tree, "domain", "give the domain file as well, or the domain inside of the profile")?;
            geniusweb::read_domain(own, &mut reading)
        }
    };
    let mut found = Vec::new();
    for part in profiles {
        let name = &sources[part.file].name;
        let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        match &part.content {
            Content::Xml(page) => found.extend(genius::read_profile(page, stem, &domain, &indices, findings)),
            Content::Tree(tree) => {
                let mut reading = Reading { file: part.file, findings };
                match part.program {
                    Program::Negmas => found.extend(negmas::read_profile(tree, stem, &mut reading, &domain)),
                    _ => found.push(geniusweb::read_profile(tree, stem, &mut reading, &domain)),
                }
            }
        }
    }
    Some((domain, found))
}

/// Says which numbers could not be kept as they are, and the most that makes of a difference.
fn rounded(profiles: &[Profile], encoded: &[Encoded], findings: &mut Findings) {
    let rounded: Vec<(&Profile, &Number)> = profiles
        .iter()
        .zip(encoded)
        .map(|(profile, encoded)| (profile, &encoded.error))
        .filter(|(_, error)| **error > Number::zero())
        .collect();
    let Some((worst, error)) = rounded.iter().max_by_key(|(_, error)| *error) else { return };
    let names: Vec<String> = rounded.iter().map(|(profile, _)| profile.name.clone()).collect();
    let message = format!("numbers of {} have more digits than a case file holds", quoted_list(&names));
    let help = format!(
        "they were rounded, half to even; what a package is worth beyond the fallback is off by at most {}, at `{}`",
        short(error),
        worst.name
    );
    findings.warning(Code::Rounded, worst.place.clone(), message, help);
}

/// The text of the case, read back to be sure of it.
fn case(
    program: Program,
    domain: &Domain,
    mut profiles: Vec<Profile>,
    sources: &[SourceText],
    options: &Options,
    findings: &mut Findings,
) -> Option<String> {
    // An issue with one value is no choice: what it is worth, it is worth in every package.
    for (index, issue) in domain.issues.iter().enumerate().filter(|(_, issue)| issue.options.len() == 1) {
        let message = format!("`{}` has one value, so it is no issue of the case", issue.name);
        findings.warning(
            Code::Differs,
            (domain.file, 0..0),
            message,
            "what it is worth is in the `constant` of each party",
        );
        for profile in &mut profiles {
            let worth = std::mem::replace(&mut profile.issues[index], Worth::none(1));
            profile.constant += worth.weight * &worth.values[0];
        }
    }
    let mut encoded: Vec<Encoded> = Vec::new();
    for profile in &profiles {
        let Some(one) = encode(profile) else {
            let message = format!("the numbers of `{}` are too large for a case", profile.name);
            findings.error(Code::TooLarge, profile.place.clone(), message, "count worth in a larger unit");
            continue;
        };
        encoded.push(one);
    }
    rounded(&profiles, &encoded, findings);
    if findings.has_errors() {
        return None;
    }
    let file = |index: usize| sources[index].name.as_str();
    let head = write::Head {
        title: options.title.as_deref().unwrap_or(&domain.name),
        as_of: options.as_of.as_deref(),
        program: program.name(),
        files: std::iter::once(file(domain.file))
            .chain(profiles.iter().map(|profile| file(profile.place.0)).filter(|name| *name != file(domain.file)))
            .collect(),
    };
    let parties: Vec<(&Profile, &Encoded, &str)> =
        profiles.iter().zip(&encoded).map(|(profile, encoded)| (profile, encoded, file(profile.place.0))).collect();
    let text = write::case(&head, domain, &parties);
    let reading = winset_case::read(&text);
    if let Some(wrong) = reading.diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error) {
        let message = format!("the case made of these files would not be well formed: {}", wrong.message);
        findings.general(Code::TooLarge, message, wrong.help.clone());
        return None;
    }
    Some(text)
}
