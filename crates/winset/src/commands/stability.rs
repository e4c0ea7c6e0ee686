//! `winset stability`: which states of a strategic game stay put.

mod large;

use std::fmt::Display;

use serde_json::json;
use winset::exchange::export_gmcr;
use winset::report::Surroundings;
use winset::stability::{
    Beyond, Coalitions, Concept, Model, Paths, Refusal, SanctionRule, StateSet, explain, inverse, limited_move,
    non_myopic, simultaneous, stability, stackelberg, with_simultaneous,
};
use winset::strategic::{Engine, ImportedGame, ListedGame, ModelFile, StrategicGame, game_of_case, game_of_file};
use winset::{Severity, game as play, games, report, words};

use crate::input::CaseArguments;
use crate::{Exit, output};

/// Print which states of a case's strategic game, or of a graph model in a .gmcr file or a game in a .nfg file, stay put: for whom each is stable, which are equilibria, and how they can be reached
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    case: CaseArguments,
    /// How opponents may answer: legal, each-once or single; what the case says if left out, and legal if it says nothing
    #[arg(long, value_name = "RULE", value_parser = rule)]
    sanction_rule: Option<SanctionRule>,
    /// Explain one state: why it is stable for whom, or who leaves it how; also with --coalitions or --more
    #[arg(long, value_name = "N")]
    state: Option<usize>,
    /// The state that stands today, for the ways from there; the one the case says if left out
    #[arg(long, value_name = "N")]
    from: Option<usize>,
    /// How to compute: explicit lists every state; symbolic compares sets of states, for Nash, GMR and SMR. The one that fits if left out
    #[arg(long, value_name = "ENGINE", value_parser = ["explicit", "symbolic"])]
    engine: Option<String>,
    /// How many equilibria are shown under each concept where states are not listed
    #[arg(long, value_name = "K", default_value_t = 20)]
    first: usize,
    /// Ask which equilibria hold against groups that move together
    #[arg(long, conflicts_with_all = ["json"])]
    coalitions: bool,
    /// Ask for more concepts: simultaneous sanctions, and for two decision makers limited moves, non-myopic and Stackelberg
    #[arg(long, conflicts_with_all = ["json", "coalitions"])]
    more: bool,
    /// Ask what would make one state an equilibrium: the smallest change of each decision maker's ranking
    #[arg(long, value_name = "N", conflicts_with_all = ["json", "state", "coalitions", "more"])]
    inverse: Option<usize>,
    /// Play the game in which the case's levers are the moves: does today's choice of them stay put, and if not, who leaves it how. The other options then ask about that game
    #[arg(long)]
    game: bool,
    /// Print the model as a picture (svg) or for another program: dot (Graphviz), gmcr (GMCR+) or nfg (Gambit)
    #[arg(long, value_name = "FORMAT", value_parser = ["svg", "dot", "gmcr", "nfg"], conflicts_with_all = ["json", "state", "coalitions", "more", "inverse"])]
    export: Option<String>,
}

impl Arguments {
    fn engine(&self) -> Option<Engine> {
        Engine::from_word(self.engine.as_deref()?)
    }
}

fn rule(word: &str) -> Result<SanctionRule, String> {
    let known = || words::list(&SanctionRule::ALL.map(SanctionRule::word));
    SanctionRule::from_word(word).ok_or_else(|| format!("there is no such rule; there are {}", known()))
}

/// The most states of a model whose graph is looked at to be drawn, or the part of it that matters.
const DRAWABLE: usize = 1 << 16;

pub(crate) fn run(arguments: &Arguments) -> Exit {
    let asks_further = arguments.state.is_some()
        || arguments.from.is_some()
        || arguments.inverse.is_some()
        || arguments.export.is_some()
        || arguments.coalitions
        || arguments.more;
    if arguments.game && !asks_further {
        return match game(arguments) {
            Ok(()) => Exit::Done,
            Err(exit) => exit,
        };
    }
    let answered = asked(arguments).and_then(|asked| match asked {
        StrategicGame::Listed(game) => answer(arguments, &game),
        StrategicGame::Large(game) => large::answer(arguments, &game),
    });
    match answered {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

/// Says why an analysis was not carried out.
fn refused(refusal: &impl Display) -> Exit {
    output::message(&format!("error: {refusal}\n"));
    Exit::Wrong
}

/// The strategy game, in which levers are the moves.
fn game(arguments: &Arguments) -> Result<(), Exit> {
    if arguments.case.csv.is_some() {
        return Err(output::usage("the strategy game is not printed as CSV; use --json"));
    }
    no_graph_model(arguments)?;
    let case = arguments.case.load()?;
    let rule = arguments.sanction_rule.unwrap_or(SanctionRule::Legal);
    let games = games(&case, rule).map_err(|refusal| refused(&refusal))?;
    if arguments.case.json {
        output::json(&report::json::game(&case, &games));
    } else {
        output::result(&report::game(&case, &games, rule, output::width()));
    }
    Ok(())
}

/// A graph model has no levers.
fn no_graph_model(arguments: &Arguments) -> Result<(), Exit> {
    if ModelFile::of(&arguments.case.case).is_some() {
        return Err(output::usage("--game asks about the levers of a case, and a graph model has none"));
    }
    Ok(())
}

fn asked(arguments: &Arguments) -> Result<StrategicGame, Exit> {
    let path = &arguments.case.case;
    if arguments.case.csv.is_some() {
        return Err(output::usage("the stability of states is not printed as CSV; use --json"));
    }
    let (engine, rule) = (arguments.engine(), arguments.sanction_rule);
    let game = if arguments.game {
        no_graph_model(arguments)?;
        let case = arguments.case.load()?;
        let rule = rule.unwrap_or(SanctionRule::Legal);
        let game = play(&case, rule).map_err(|refusal| refused(&refusal))?;
        StrategicGame::Listed(ListedGame {
            title: format!("{}: the strategy game", case.title),
            summary: None,
            model: game.model,
            rule,
            today: Some(game.today),
            beyond: Beyond::default(),
        })
    } else if let Some(kind) = ModelFile::of(path) {
        if arguments.case.changes().any() {
            let message = "--reading, --with, --edit and --strict-recognition change cases; a graph model in a file of another program is none";
            return Err(output::usage(message));
        }
        let imported = game_of_file(path, kind, engine, rule).map_err(|message| output::usage(&message))?;
        reported(imported, arguments.case.json)?
    } else {
        game_of_case(&arguments.case.load()?, engine, rule).map_err(|refusal| refused(&refusal))?
    };
    let StrategicGame::Listed(mut game) = game else { return Ok(game) };
    for (state, option) in [(arguments.state, "--state"), (arguments.from, "--from"), (arguments.inverse, "--inverse")]
    {
        let states = game.model.states().len();
        if state.is_some_and(|state| !(1..=states).contains(&state)) {
            return Err(output::usage(&format!("{option} takes the number of a state, from 1 to {states}")));
        }
    }
    game.today = arguments.from.map(|state| state - 1).or(game.today);
    Ok(StrategicGame::Listed(game))
}

/// The game in a file of another program. Warnings are printed; errors are printed and end the command.
fn reported(imported: ImportedGame, json: bool) -> Result<StrategicGame, Exit> {
    let ImportedGame { game, files, findings } = imported;
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count() as u64;
    if !json {
        output::message(&report::findings(&files, &findings, output::width()));
    } else if game.is_none() {
        output::json(&json!({ "valid": false, "findings": report::json::findings(&files, &findings) }));
    }
    game.ok_or_else(|| {
        if !json {
            let errors = words::counted(errors, "error");
            output::message(&format!("The model has {errors}, so there is nothing to compute.\n"));
        }
        Exit::Wrong
    })
}

fn answer(arguments: &Arguments, game: &ListedGame) -> Result<(), Exit> {
    let ListedGame { title, model, rule, beyond, .. } = game;
    if beyond.partial.is_some() {
        return partly_known(arguments, game);
    }
    let analysed = beyond.analyses(model, *rule).map_err(|refusal| refused(&refusal))?;
    let makers = 0..model.decision_makers().len();
    let explained = match arguments.state.filter(|_| !arguments.coalitions && !arguments.more) {
        Some(state) => {
            let one = |maker, concept| explain(model, concept, maker, state - 1, *rule);
            let explained: Result<Vec<Vec<_>>, _> = makers
                .clone()
                .map(|maker| Concept::ALL.into_iter().map(|concept| one(maker, concept)).collect())
                .collect();
            Some((state - 1, explained.map_err(|refusal| refused(&refusal))?))
        }
        None => None,
    };
    if let Some((state, explained)) = &explained
        && !arguments.case.json
    {
        output::result(&report::stability_state(title, model, *state, explained, output::width()));
        output::result(&report::stability_beyond_state(model, beyond, &analysed, *state, output::width()));
        return Ok(());
    }
    if arguments.more {
        let found = more(model, *rule);
        let text = match arguments.state {
            Some(state) => report::stability_more_state(title, model, &found, state - 1, output::width()),
            None => report::stability_more(title, model, &found, output::width()),
        };
        output::result(&text);
        return Ok(());
    }
    if let Some(state) = arguments.inverse {
        let one = |maker, concept| inverse(model, concept, maker, state - 1, *rule);
        let found: Result<Vec<Vec<_>>, _> =
            makers.clone().map(|maker| Concept::ALL.into_iter().map(|concept| one(maker, concept)).collect()).collect();
        let found = found.map_err(|refusal| refused(&refusal))?;
        output::result(&report::stability_inverse(title, model, state - 1, &found, output::width()));
        return Ok(());
    }
    if let Some(format) = arguments.export.as_deref().filter(|format| !["svg", "dot"].contains(format)) {
        return exported(format, title, model);
    }
    let result = stability(model, *rule).map_err(|refusal| refused(&refusal))?;
    if arguments.coalitions {
        let coalitions = Coalitions::new(model).map_err(|refusal| refused(&refusal))?;
        if let Some(state) = arguments.state {
            let text = report::stability_coalitions_state(title, model, &coalitions, state - 1, output::width());
            output::result(&text);
            return Ok(());
        }
        let mut vulnerable = coalitions.vulnerable(&result.equilibria(Concept::Nash));
        let sequential = coalitions.vulnerable(&result.equilibria(Concept::Seq));
        vulnerable.extend(sequential.into_iter().filter(|each| !vulnerable.contains(each)).collect::<Vec<_>>());
        output::result(&report::stability_coalitions(title, model, &coalitions, &vulnerable, output::width()));
        return Ok(());
    }
    let today = match game.today {
        Some(today) => {
            let paths = |improvements| Paths::from(model, today, improvements).map_err(|refusal| refused(&refusal));
            Some((today, paths(false)?, paths(true)?))
        }
        None => None,
    };
    if let Some(format) = arguments.export.as_deref() {
        let none = || {
            let most =
                if format == "svg" { "36, and more than 36 equilibria with the ways there from today" } else { "400" };
            refused(&format!("the model has too many states to be drawn, more than {most}; --state explains one"))
        };
        if model.states().len() > DRAWABLE {
            return Err(none());
        }
        let moves: Result<Vec<_>, _> = makers.map(|maker| model.moves(maker)).collect();
        let moves = moves.map_err(|refusal| refused(&refusal))?;
        let text = match format {
            "svg" => report::stability_svg(title, model, &result, &moves, today.as_ref()),
            _ => report::stability_dot(model, &result, &moves),
        };
        output::result(&text.ok_or_else(none)?);
        return Ok(());
    }
    if arguments.case.json {
        let mut document = report::json::stability(model, &result);
        if let Some((today, moves, improvements)) = &today {
            document["from"] = report::json::stability_today(model, &result, *today, moves, improvements);
        }
        if let Some((state, explained)) = &explained {
            document["explanation"] = report::json::stability_state(model, *state, explained);
        }
        report::json::stability_beyond(&mut document, &analysed);
        output::json(&document);
    } else {
        let about = Surroundings { title, summary: game.summary.as_deref(), today };
        output::result(&report::stability(&about, model, &result, *rule, output::width()));
        output::result(&report::stability_beyond(model, beyond, &analysed, output::width()));
    }
    Ok(())
}

/// The answer where somebody's preference is known in part only.
fn partly_known(arguments: &Arguments, game: &ListedGame) -> Result<(), Exit> {
    let ListedGame { title, model, rule, beyond, .. } = game;
    let asked = [
        (arguments.from.is_some(), "--from"),
        (arguments.coalitions, "--coalitions"),
        (arguments.more, "--more"),
        (arguments.inverse.is_some(), "--inverse"),
        (arguments.export.is_some(), "--export"),
    ];
    if let Some((_, option)) = asked.iter().find(|(asked, _)| *asked) {
        return Err(refused(&format!("{option} needs everyone's ranking, and a preference is known in part only")));
    }
    if *rule != SanctionRule::Legal {
        return Err(refused(&"unknown preference is analysed under the sanction rule legal only"));
    }
    let analysed = beyond.analyses(model, *rule).map_err(|refusal| refused(&refusal))?;
    if arguments.case.json {
        let mut document = report::json::stability_partly_known(model);
        report::json::stability_beyond(&mut document, &analysed);
        output::json(&document);
    } else if let Some(state) = arguments.state {
        let text = report::stability_beyond_state(model, beyond, &analysed, state - 1, output::width());
        output::result(text.trim_start());
    } else {
        let summary = game.summary.as_deref();
        output::result(&report::stability_partly_known(title, summary, model, output::width()));
        output::result(&report::stability_beyond(model, beyond, &analysed, output::width()));
    }
    Ok(())
}

/// The stable states under the concepts beyond the five, per decision maker or for all together, or why there are none to be named.
fn more(model: &Model, rule: SanctionRule) -> Vec<(String, Result<Vec<StateSet>, Refusal>)> {
    let mut rows = vec![
        ("SIM, simultaneous".to_owned(), simultaneous(model)),
        ("SEQ with SIM".to_owned(), with_simultaneous(model, Concept::Seq, rule)),
        ("SMR with SIM".to_owned(), with_simultaneous(model, Concept::Smr, rule)),
    ];
    rows.extend((2..=4).map(|horizon| (format!("Limited moves, {horizon}"), limited_move(model, horizon))));
    rows.push(("Non-myopic".to_owned(), non_myopic(model)));
    let leaders = model.decision_makers().iter().enumerate().take(2);
    let led = |leader| stackelberg(model, leader).map(|set| vec![set]);
    rows.extend(leaders.map(|(leader, name)| (format!("Stackelberg, {name} leading"), led(leader))));
    rows
}

/// The model as another program reads it.
fn exported(format: &str, title: &str, model: &Model) -> Result<(), Exit> {
    if format == "gmcr" {
        let document = export_gmcr(model).map_err(|reason| refused(&format!("this is no .gmcr model: {reason}")))?;
        output::json(&document);
    } else {
        let Some(text) = report::stability_nfg(title, model) else {
            let reason = "only models in which everyone's choices combine freely, can be changed back and are seen by all are games in strategic form, up to 2^20 states";
            return Err(refused(&reason));
        };
        output::result(&text);
    }
    Ok(())
}
