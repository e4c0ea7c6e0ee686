//! From a `.nfg` file to a graph model.

use winset_case::{SourceText, Span};
use winset_stability::Model;

use super::model::{Game, LARGEST, model};
use super::tokens::{Kind, Token, tokens};
use crate::finding::{Code, Finding, Findings};
use crate::import::InputFile;
use crate::number::{Number, parse};
use crate::text;

/// What reading a `.nfg` file gives.
#[derive(Debug)]
pub struct NfgImport {
    /// The model, if no finding stands in its way.
    pub model: Option<Model>,
    /// What the file calls the game.
    pub title: String,
    /// The file as text, which the places of the findings refer to.
    pub files: Vec<SourceText>,
    /// Everything worth saying about the file, errors first.
    pub findings: Vec<Finding>,
}

/// The largest `.nfg` file that is read.
pub const NFG_FILE_LIMIT: usize = 64 << 20;

/// Reads a `.nfg` file: the form with a list of payoffs, and the form with outcomes.
pub fn import_nfg(file: &InputFile) -> NfgImport {
    let mut findings = Findings::default();
    let (source, is_text) = text::decode_up_to(NFG_FILE_LIMIT, file, 0, &mut findings);
    let mut read = None;
    if is_text {
        match tokens(&source.text) {
            Ok(tokens) => {
                let mut reader = Reader { text: &source.text, tokens: &tokens, at: 0, findings: &mut findings };
                read = reader.game().and_then(|game| Some((model(&game, &mut findings)?, game.title)));
            }
            Err(place) => {
                let help = "close it with a quote mark; a quote mark within a text is written \\\"";
                findings.error(Code::NotWellFormed, (0, place), "this text does not end", help);
            }
        }
    }
    let (model, title) = read.map_or((None, String::new()), |(model, title)| (Some(model), title));
    let model = model.filter(|_| !findings.has_errors());
    NfgImport { model, title, files: vec![source], findings: findings.finish() }
}

struct Reader<'r> {
    text: &'r str,
    tokens: &'r [Token],
    at: usize,
    findings: &'r mut Findings,
}

/// A strategy or its number, and where it stands.
type Strategies = (Vec<String>, Span);

impl<'r> Reader<'r> {
    fn error<T>(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) -> Option<T> {
        self.findings.error(code, (0, span), message, help);
        None
    }

    fn peek(&self) -> Option<&'r Token> {
        self.tokens.get(self.at)
    }

    /// The next word, or where the file ends.
    fn next(&mut self, what: &str) -> Option<&'r Token> {
        let Some(token) = self.tokens.get(self.at) else {
            let end = self.text.len();
            return self.error(Code::Missing, end..end, format!("the file ends where {what} should stand"), FORM);
        };
        self.at += 1;
        Some(token)
    }

    fn word(&self, token: &Token) -> &'r str {
        &self.text[token.span.clone()]
    }

    fn expect(&mut self, kind: &Kind, what: &str) -> Option<&'r Token> {
        let token = self.next(what)?;
        if token.kind == *kind {
            return Some(token);
        }
        self.error(Code::NotWellFormed, token.span.clone(), format!("here should stand {what}"), FORM)
    }

    fn game(&mut self) -> Option<Game> {
        self.heading()?;
        let title = match self.next("the name of the game, in quotes")? {
            Token { kind: Kind::Text(title), .. } => title.clone(),
            other => {
                let message = "here should stand the name of the game, in quotes";
                return self.error(Code::NotWellFormed, other.span.clone(), message, FORM);
            }
        };
        let players = self.texts("the players, in braces")?;
        let strategies = self.strategies(players.len())?;
        if let Some(Token { kind: Kind::Text(_), .. }) = self.peek() {
            // A comment on the game.
            self.at += 1;
        }
        let combinations = self.combinations(&strategies)?;
        let payoffs = match self.peek() {
            Some(Token { kind: Kind::Open, .. }) => self.outcomes(players.len(), combinations)?,
            _ => self.payoffs(players.len(), combinations)?,
        };
        if let Some(rest) = self.peek() {
            let message = "the payoffs of all combinations have been given, and here something follows";
            let help = "a combination has one payoff for each player, or one outcome: take out what is too much";
            return self.error(Code::NotWellFormed, rest.span.clone(), message, help);
        }
        let strategies = strategies.into_iter().map(|(names, _)| names).collect();
        Some(Game { title, players, strategies, payoffs })
    }

    /// `NFG 1 R`, or `D` for numbers that are rounded.
    fn heading(&mut self) -> Option<()> {
        let first = self.next("the word NFG")?;
        if self.word(first) != "NFG" {
            let message = "this is no game in strategic form: such a file begins with `NFG 1 R`";
            let help = match self.word(first) {
                "EFG" => "games in extensive form are not read; Gambit can save one in strategic form",
                _ => FORM,
            };
            return self.error(Code::NotSupported, first.span.clone(), message, help);
        }
        for (known, what) in
            [(&["1"][..], "the version of the format, 1"), (&["R", "D"], "the kind of numbers, R or D")]
        {
            let token = self.next(what)?;
            if !known.contains(&self.word(token)) {
                return self.error(Code::NotSupported, token.span.clone(), format!("here should stand {what}"), FORM);
            }
        }
        Some(())
    }

    /// Texts in braces.
    fn texts(&mut self, what: &str) -> Option<Vec<String>> {
        let open = self.expect(&Kind::Open, what)?.span.clone();
        let mut texts = Vec::new();
        loop {
            match self.next("a closing brace")? {
                Token { kind: Kind::Close, .. } => break,
                Token { kind: Kind::Text(text), .. } => texts.push(text.clone()),
                other => {
                    let message = "here should stand a name in quotes";
                    return self.error(Code::NotWellFormed, other.span.clone(), message, FORM);
                }
            }
        }
        if texts.is_empty() {
            return self.error(Code::Missing, open, format!("there is none of {what}"), FORM);
        }
        Some(texts)
    }

    /// The strategies of every player: how many, or their names.
    fn strategies(&mut self, players: usize) -> Option<Vec<Strategies>> {
        let open = self.expect(&Kind::Open, "the strategies, in braces")?.span.clone();
        let mut strategies = Vec::new();
        let mut options = 0;
        loop {
            let Some(token) = self.peek() else {
                self.next("a closing brace")?;
                return None;
            };
            let names: Vec<String> = match token.kind {
                Kind::Close => break,
                Kind::Open => {
                    let names = self.texts("the strategies of a player, in braces")?.into_iter().enumerate();
                    names.map(|(at, name)| if name.is_empty() { unnamed(at) } else { name }).collect()
                }
                _ => match self.word(token).parse::<usize>() {
                    Ok(count) if (1..=winset_stability::OPTION_LIMIT).contains(&count) => {
                        (0..count).map(unnamed).collect()
                    }
                    Ok(0) => {
                        let help = "every player has a strategy at least";
                        return self.error(Code::NotSupported, token.span.clone(), "a player without strategies", help);
                    }
                    Ok(count) => return self.too_many(token.span.clone(), count),
                    Err(_) => {
                        let message = "here should stand a number of strategies, or their names in braces";
                        return self.error(Code::NotWellFormed, token.span.clone(), message, FORM);
                    }
                },
            };
            if !matches!(token.kind, Kind::Open) {
                self.at += 1;
            }
            options += names.len();
            if options > winset_stability::OPTION_LIMIT {
                return self.too_many(token.span.clone(), options);
            }
            strategies.push((names, token.span.clone()));
        }
        self.at += 1;
        if strategies.len() != players {
            let message = format!("strategies are given for {} of {players} players", strategies.len());
            return self.error(Code::NotInDomain, open, message, "give every player its own");
        }
        Some(strategies)
    }

    fn too_many<T>(&mut self, span: Span, strategies: usize) -> Option<T> {
        let message = format!("the players have {strategies} strategies together or more");
        let help = format!("up to {} in all can be analysed", winset_stability::OPTION_LIMIT);
        self.error(Code::TooLarge, span, message, help)
    }

    /// How many combinations of strategies there are.
    fn combinations(&mut self, strategies: &[Strategies]) -> Option<usize> {
        let mut combinations = 1_usize;
        for (names, span) in strategies {
            combinations *= names.len();
            if combinations > LARGEST {
                let message = "there are more than a million combinations of strategies";
                return self.error(Code::TooLarge, span.clone(), message, "leave out strategies nobody would take");
            }
        }
        Some(combinations)
    }

    /// A payoff for every player and combination.
    fn payoffs(&mut self, players: usize, combinations: usize) -> Option<Vec<Vec<Number>>> {
        let mut payoffs = vec![Vec::new(); players];
        for combination in 0..combinations {
            for payoff in &mut payoffs {
                let what = format!("a payoff, of combination {} of {combinations}", combination + 1);
                payoff.push(self.number(&what)?);
            }
        }
        Some(payoffs)
    }

    /// The outcomes with their payoffs, then an outcome for every combination; 0 is none, in which everyone gets 0.
    fn outcomes(&mut self, players: usize, combinations: usize) -> Option<Vec<Vec<Number>>> {
        self.expect(&Kind::Open, "the outcomes, in braces")?;
        let mut outcomes = vec![vec![Number::default(); players]];
        loop {
            let token = self.next("a closing brace")?;
            match token.kind {
                Kind::Close => break,
                Kind::Open => {}
                _ => {
                    let message = "here should stand an outcome: its name and a payoff for each player, in braces";
                    return self.error(Code::NotWellFormed, token.span.clone(), message, FORM);
                }
            }
            let name = self.next("the name of the outcome, in quotes")?;
            if !matches!(name.kind, Kind::Text(_)) {
                let message = "here should stand the name of the outcome, in quotes";
                return self.error(Code::NotWellFormed, name.span.clone(), message, FORM);
            }
            let mut payoffs = Vec::new();
            for player in 0..players {
                payoffs.push(self.number(&format!("the payoff of player {}", player + 1))?);
            }
            self.expect(&Kind::Close, "a closing brace, since an outcome has one payoff for each player")?;
            outcomes.push(payoffs);
        }
        let mut payoffs = vec![Vec::new(); players];
        for combination in 0..combinations {
            let what = format!("the number of an outcome, for combination {} of {combinations}", combination + 1);
            let token = self.next(&what)?;
            let outcome = self.word(token).parse::<usize>().ok().and_then(|number| outcomes.get(number));
            let Some(outcome) = outcome else {
                let message = format!("here should stand {what}");
                let help = format!("the outcomes are numbered 1 to {}; 0 is none", outcomes.len() - 1);
                return self.error(Code::NotInDomain, token.span.clone(), message, help);
            };
            payoffs.iter_mut().zip(outcome).for_each(|(payoffs, payoff)| payoffs.push(payoff.clone()));
        }
        Some(payoffs)
    }

    /// A number, or a fraction such as `-2/3`.
    fn number(&mut self, what: &str) -> Option<Number> {
        let token = self.next(what)?;
        let word = self.word(token);
        let number = match word.split_once('/') {
            Some((above, below)) => parse(above).zip(parse(below).filter(|below| *below != Number::default())),
            None => parse(word).map(|number| (number, Number::from_integer(1.into()))),
        };
        let Some((above, below)) = number.filter(|_| token.kind == Kind::Word) else {
            let message = format!("here should stand {what}");
            return self.error(Code::BadNumber, token.span.clone(), message, "write a number such as 3, -0.5 or 2/3");
        };
        Some(above / below)
    }
}

fn unnamed(at: usize) -> String {
    format!("strategy {}", at + 1)
}

/// What such a file looks like.
const FORM: &str = "a file reads: NFG 1 R \"title\" { \"A\" \"B\" } { 2 2 }, then the payoffs of A and B for every combination of strategies, that of A changing fastest";
