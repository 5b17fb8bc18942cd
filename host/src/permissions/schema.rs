//! Policy files for editors: a JSON Schema of the very structure that they are read into.
//!
//! What a schema can't say, such as which ports there are, reading the file does; it says what an editor can complete and
//! underline. [JSON Schema](https://json-schema.org/draft-07/json-schema-release-notes)

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::fold::NAT64_LENGTHS;
use super::grant::{self, Verb};
use super::policy::{File, Policy, VERSION};
use crate::limits::{Limit, Limits};

impl Policy {
    /// What a policy file looks like, as a JSON Schema in JSON: for editors, which take it for TOML as well. It is of draft 7,
    /// which all of them know.
    ///
    /// Everything that [`Policy::from_toml`] reads is valid under it. It knows the keys, their types and the first words of
    /// lines; what follows those, reading the file tells.
    pub fn json_schema() -> String {
        let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<File>();
        without_null(&mut schema);
        let usual = Limits::default();
        for limit in Limit::ALL {
            let value = limit.value(&usual);
            let value = value.parse().map_or_else(|_| Value::from(&*value), |number: u64| Value::from(number));
            if let Some(key) = schema.pointer_mut(&format!("/definitions/Limits/properties/{}", limit.name())) {
                key["default"] = value;
            }
        }
        format!("{:#}\n", schema.as_value())
    }
}

/// A key that may be left out isn't one that may be null, which TOML hasn't got.
fn without_null(schema: &mut Schema) {
    if let Some(kinds) = schema.get_mut("type")
        && let Value::Array(some) = kinds
    {
        some.retain(|kind| kind != "null");
        if let [one] = &mut some[..] {
            *kinds = one.take();
        }
    }
    transform_subschemas(&mut without_null, schema);
}

/// The only version there is.
pub(super) struct Version;

impl JsonSchema for Version {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Version".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": VERSION, "maximum": VERSION })
    }
}

/// An allow line.
pub(super) struct AllowLine;

impl JsonSchema for AllowLine {
    fn schema_name() -> Cow<'static, str> {
        "AllowLine".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A line of docs/permissions.md: what may be done, and with what.",
            "type": "string",
            "pattern": format!(r"^\s*({})(\s|$)", verbs(|_| true)),
            "examples": ["tcp connect api.example.com:443", "dns lookup *.example.com", "unix connect /run/service/socket"],
        })
    }
}

/// A deny line.
pub(super) struct DenyLine;

impl JsonSchema for DenyLine {
    fn schema_name() -> Cow<'static, str> {
        "DenyLine".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A line of docs/permissions.md: what may never be done, and with what.",
            "type": "string",
            // What isn't allowed needs no line to be denied, so that there is no `deny any`.
            "pattern": format!(r"^\s*(deny\s+)?({})(\s|$)", verbs(|verb| verb != Verb::Any)),
            "examples": ["tcp connect private:*", "udp send *:53"],
        })
    }
}

/// A NAT64 prefix.
pub(super) struct Nat64Prefix;

impl JsonSchema for Nat64Prefix {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Nat64Prefix".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let lengths = NAT64_LENGTHS.map(|length| length.to_string()).join("|");
        json_schema!({
            "type": "string",
            "pattern": format!("^[0-9A-Fa-f:.]+/({lengths})$"),
            "examples": ["2001:db8:64::/96"],
        })
    }
}

/// The words that a line begins with, as alternatives of a regular expression.
fn verbs(wanted: impl Fn(Verb) -> bool) -> String {
    let words: Vec<String> =
        grant::verbs().filter(|(verb, _)| wanted(*verb)).map(|(_, words)| words.replace(' ', r"\s+")).collect();
    words.join("|")
}
