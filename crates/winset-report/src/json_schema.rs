//! The JSON Schema of the case file, for editors: made of the reader's own list of keys.

use serde_json::{Map, Value as Json, json};
use winset_case::format::{Bounds, EVIDENCE, Form, Key, NUMBER, SECTIONS, Table, Value};

/// A number is at most this large.
const LARGEST: i64 = 1_000_000;

/// Where a table stands: a reading changes what is there, so that nothing has to be said again, and some things can be taken away.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Case,
    Reading,
}

/// The JSON Schema (draft 2020-12) of a case file, or of one of the files of a case.
///
/// It knows every key and what sort of value it takes. What hangs together across a file, such as names and conditions, only `winset check` knows.
pub fn json_schema() -> Json {
    let mut definitions = Map::new();
    let mut sections = Map::new();
    for section in SECTIONS {
        let name = section.table.name;
        let reference = json!({ "$ref": format!("#/$defs/{name}") });
        if section.form != Form::Names {
            definitions
                .insert(name.to_owned(), if name == "reading" { reading() } else { table(section.table, Place::Case) });
        }
        let says = section.table.says;
        sections.insert(name.to_owned(), stands(section.form, says, &reference));
    }
    for section in SECTIONS.iter().filter(|section| section.in_readings && section.form != Form::Names) {
        let name = format!("{}-in-a-reading", section.table.name);
        definitions.insert(name, table(section.table, Place::Reading));
    }
    for bounds in [Bounds::Any, Bounds::NotNegative, Bounds::Positive, Bounds::Value, Bounds::Probability] {
        definitions.insert(number_name(bounds).to_owned(), number(bounds));
    }
    for key in EVIDENCE {
        definitions.insert(format!("evidence-{}", key.name), of_key(key, Place::Case));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Winset case file",
        "description": "One peace process as one analyst sees it on one date, or a part of it in a file of its own.",
        "type": "object",
        "properties": sections,
        "additionalProperties": false,
        "$defs": definitions,
    })
}

/// A section as it stands in a file.
fn stands(form: Form, says: &str, body: &Json) -> Json {
    match form {
        Form::Once => with_words(body.clone(), says),
        Form::ById => with_words(by_id(body), says),
        Form::List => json!({ "description": says, "type": "array", "items": body }),
        Form::Names => with_words(by_id(&json!({ "type": "string" })), says),
    }
}

fn by_id(body: &Json) -> Json {
    // Letters and digits of any script, `-` and `_`, said so that every dialect of patterns understands it.
    let id = "^[^\\s!-,./:-@\\[-^`{-~]+$";
    json!({ "type": "object", "propertyNames": { "pattern": id }, "additionalProperties": body })
}

fn with_words(mut schema: Json, says: &str) -> Json {
    if let (Some(object), false) = (schema.as_object_mut(), says.is_empty()) {
        object.insert("description".to_owned(), json!(says));
    }
    schema
}

/// What a reading changes, in the structure of the file itself.
fn reading() -> Json {
    let own = SECTIONS.iter().find(|section| section.table.name == "reading").map(|section| section.table);
    let mut schema = own.map_or_else(|| json!({}), |own| table(own, Place::Reading));
    for section in SECTIONS.iter().filter(|section| section.in_readings) {
        let name = section.table.name;
        let body = json!({ "$ref": format!("#/$defs/{name}-in-a-reading") });
        schema["properties"][name] = stands(section.form, section.table.says, &body);
    }
    schema
}

fn table(table: &Table, place: Place) -> Json {
    let evidence: &[Key] = if table.evidence { EVIDENCE } else { &[] };
    let own = table.keys.iter().map(|key| (key.name.to_owned(), of_key(key, place)));
    let properties: Map<String, Json> =
        own.chain(evidence.iter().map(|key| (key.name.to_owned(), of_evidence(key)))).collect();
    let mut schema = json!({
        "description": table.says,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    // What is in a list is found by its id, in a reading too.
    let required = |keys: &[Key]| -> Vec<&str> {
        keys.iter().filter(|key| key.needed && (place == Place::Case || key.name == "id")).map(|key| key.name).collect()
    };
    if table.variants.is_empty() {
        put_required(&mut schema, &required(table.keys));
    } else if place == Place::Case {
        schema["required"] = json!(["kind"]);
        let variants = table.variants.iter().map(|variant| {
            let is_other = |key: &&Key| variant.key(key.name).is_none();
            let others: Map<String, Json> =
                table.keys.iter().filter(is_other).map(|key| (key.name.to_owned(), json!(false))).collect();
            let kind = variant.key("kind").map_or(json!({}), |key| of_key(key, place));
            json!({
                "if": { "properties": { "kind": kind }, "required": ["kind"] },
                "then": { "properties": others, "required": required(variant.keys) },
            })
        });
        schema["allOf"] = variants.collect();
    }
    schema
}

/// A key of evidence, which is the same everywhere.
fn of_evidence(key: &Key) -> Json {
    json!({ "$ref": format!("#/$defs/evidence-{}", key.name) })
}

fn put_required(schema: &mut Json, required: &[&str]) {
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
}

fn of_key(key: &Key, place: Place) -> Json {
    let mut schema = of_value(&key.value, place);
    if key.removable && place == Place::Reading {
        schema = json!({ "anyOf": [schema, { "const": "none" }] });
    }
    with_words(schema, key.says)
}

fn of_value(value: &Value, place: Place) -> Json {
    match value {
        Value::Words => json!({ "type": "string", "pattern": "\\S" }),
        Value::Expression | Value::Name(_) => json!({ "type": "string" }),
        Value::Word(words) => json!({ "enum": words }),
        Value::Texts | Value::Names(_) => json!({ "type": "array", "items": { "type": "string" } }),
        Value::OneOrMore => one_or_more(&json!({ "type": "string" })),
        Value::Groups => json!({ "type": "array", "items": one_or_more(&json!({ "type": "string" })) }),
        Value::WordOrMore(words) => one_or_more(&json!({ "enum": words })),
        Value::Day => json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" }),
        Value::RoughDate => json!({ "type": "string", "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?$" }),
        Value::Flag => json!({ "type": "boolean" }),
        Value::Grade(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Value::Plain(bounds) => plain(*bounds),
        Value::Number(bounds) => json!({ "$ref": format!("#/$defs/{}", number_name(*bounds)) }),
        Value::Each(value, evidence) => {
            let mut each = of_value(value, place);
            if let (Value::WordOrMore(_), Place::Reading) = (value, place) {
                each = json!({ "anyOf": [each, { "const": "none" }] });
            }
            let mut schema = json!({ "type": "object", "additionalProperties": each });
            if *evidence {
                // A name may be the same word.
                let either = |key: &Key| (key.name.to_owned(), json!({ "anyOf": [of_evidence(key), each] }));
                schema["properties"] = EVIDENCE.iter().map(either).collect::<Map<_, _>>().into();
            }
            schema
        }
        Value::Table(inner) => table(inner, place),
        Value::Tables(inner) => json!({ "type": "array", "items": table(inner, place) }),
        Value::Either(values) => {
            json!({ "anyOf": values.iter().map(|value| of_value(value, place)).collect::<Vec<_>>() })
        }
    }
}

fn one_or_more(one: &Json) -> Json {
    json!({ "anyOf": [one, { "type": "array", "items": one }] })
}

fn number_name(bounds: Bounds) -> &'static str {
    match bounds {
        Bounds::Any => "number",
        Bounds::NotNegative => "number-from-0-up",
        Bounds::Positive => "number-above-0",
        Bounds::Value => "value-of-an-option",
        Bounds::Probability => "probability",
    }
}

fn plain(bounds: Bounds) -> Json {
    match bounds {
        Bounds::Any => json!({ "type": "number", "minimum": -LARGEST, "maximum": LARGEST }),
        Bounds::NotNegative => json!({ "type": "number", "minimum": 0, "maximum": LARGEST }),
        Bounds::Positive => json!({ "type": "number", "exclusiveMinimum": 0, "maximum": LARGEST }),
        Bounds::Value | Bounds::Probability => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
    }
}

/// A number in any of the ways it may be written.
fn number(bounds: Bounds) -> Json {
    let mut full = table(&NUMBER, Place::Case);
    for key in ["value", "low", "mode", "high"] {
        let says = full["properties"][key]["description"].clone();
        full["properties"][key] = plain(bounds);
        full["properties"][key]["description"] = says;
    }
    full["anyOf"] = json!([
        { "required": ["value"] },
        { "required": ["low", "high"] },
        { "required": ["alpha", "beta"] },
    ]);
    json!({ "anyOf": [plain(bounds), full] })
}
