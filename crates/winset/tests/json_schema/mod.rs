//! As much of JSON Schema (draft 2020-12) as the schema of the case file uses. What it does not know, it refuses.

use serde_json::Value;

/// What a document does wrong, each with where.
pub(crate) fn mistakes(schema: &Value, document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    Checker { root: schema }.check(schema, document, "", &mut found);
    found
}

struct Checker<'s> {
    root: &'s Value,
}

impl Checker<'_> {
    fn fits(&self, schema: &Value, value: &Value) -> bool {
        let mut found = Vec::new();
        self.check(schema, value, "", &mut found);
        found.is_empty()
    }

    fn check(&self, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        let rules = match schema {
            Value::Bool(true) => return,
            Value::Bool(false) => return found.push(format!("{at} has no place here")),
            schema => schema.as_object().expect("a schema is an object or a flag"),
        };
        for (rule, what) in rules {
            let holds = match rule.as_str() {
                "$schema" | "$defs" | "title" | "description" | "then" => true,
                "$ref" => {
                    let pointer =
                        what.as_str().and_then(|what| what.strip_prefix('#')).expect("a place in this schema");
                    let target = self.root.pointer(pointer).unwrap_or_else(|| panic!("{pointer} is defined"));
                    self.check(target, value, at, found);
                    true
                }
                "type" => match what.as_str().expect("one type") {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "boolean" => value.is_boolean(),
                    "number" => value.is_number(),
                    "integer" => value.is_i64(),
                    other => panic!("the type {other} is not known here"),
                },
                "enum" => what.as_array().expect("a list").contains(value),
                "const" => what == value,
                "minimum" | "maximum" | "exclusiveMinimum" => match (value.as_f64(), what.as_f64()) {
                    (Some(number), Some(bound)) => match rule.as_str() {
                        "minimum" => number >= bound,
                        "maximum" => number <= bound,
                        _ => number > bound,
                    },
                    _ => true,
                },
                "pattern" => value.as_str().is_none_or(|text| matches_pattern(what.as_str().expect("text"), text)),
                "items" => {
                    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(what, item, &format!("{at}[{number}]"), found);
                    }
                    true
                }
                "properties" => {
                    for (key, schema) in what.as_object().expect("schemas by key") {
                        if let Some(value) = value.get(key) {
                            self.check(schema, value, &format!("{at}.{key}"), found);
                        }
                    }
                    true
                }
                "additionalProperties" => {
                    let known = rules.get("properties");
                    for (key, value) in value.as_object().into_iter().flatten() {
                        if known.is_none_or(|known| known.get(key).is_none()) {
                            self.check(what, value, &format!("{at}.{key}"), found);
                        }
                    }
                    true
                }
                "propertyNames" => {
                    value.as_object().into_iter().flatten().all(|(key, _)| self.fits(what, &Value::from(key.as_str())))
                }
                "required" => {
                    for key in what.as_array().expect("a list") {
                        if value.is_object() && value.get(key.as_str().expect("a key")).is_none() {
                            found.push(format!("{at} lacks {key}"));
                        }
                    }
                    true
                }
                "anyOf" => what.as_array().expect("a list").iter().any(|schema| self.fits(schema, value)),
                "allOf" => {
                    what.as_array().expect("a list").iter().for_each(|schema| self.check(schema, value, at, found));
                    true
                }
                "if" => {
                    if self.fits(what, value) {
                        self.check(&rules["then"], value, at, found);
                    }
                    true
                }
                other => panic!("the rule {other} is not known here"),
            };
            if !holds {
                found.push(format!("{at} breaks {rule}"));
            }
        }
    }
}

/// The patterns of the schema, each said in other words.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    let date = |text: &str, parts: std::ops::RangeInclusive<usize>| {
        let lengths: Vec<usize> = text.split('-').map(str::len).collect();
        let digits = text.chars().all(|character| character.is_ascii_digit() || character == '-');
        digits && parts.contains(&lengths.len()) && [4, 2, 2].starts_with(&lengths)
    };
    match pattern {
        "\\S" => !text.trim().is_empty(),
        "^[^\\s!-,./:-@\\[-^`{-~]+$" => {
            !text.is_empty() && text.chars().all(|character| character.is_alphanumeric() || "-_".contains(character))
        }
        "^\\d{4}-\\d{2}-\\d{2}$" => date(text, 3..=3),
        "^\\d{4}(-\\d{2}(-\\d{2})?)?$" => date(text, 1..=3),
        other => panic!("the pattern {other} is not known here"),
    }
}
