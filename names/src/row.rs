//! A line of the table.

use crate::platform::Platform;
use crate::status::{Status, Use};
use crate::table::COLUMNS;

/// A name.
#[derive(Debug)]
pub struct Row {
    /// The name; of a method or an attribute with `socket.` before it.
    pub name: String,
    /// What wallsocket does with it.
    pub status: Status,
    /// The tests that show it.
    pub shown_by: Vec<String>,
    /// What it is.
    pub kind: Kind,
    /// Its topic, one of [`SECTIONS`](crate::SECTIONS).
    pub section: String,
    /// Its value on Linux.
    pub linux: Option<String>,
    /// Its values elsewhere, where they are known and Linux has none.
    pub elsewhere: Vec<(Platform, String)>,
    /// Where Python has it.
    pub platforms: Vec<Platform>,
    /// The first version that has it, `3.6` standing for that and before; none is a name beyond Python's.
    pub since: Option<String>,
    /// What it is given to or comes with.
    pub uses: Vec<Use>,
    /// The grants that it takes, as `option SO_MARK`, and when, if not always.
    pub grant: Option<(Vec<String>, Option<String>)>,
    /// What the Rust SDK calls it, where that isn't the name.
    pub rust: Option<String>,
    /// Further names that a search shall find it by.
    pub aliases: Vec<String>,
    /// Whether it is at the SDK's root although Linux has no such name: no number of Linux's is mistaken for it.
    pub at_root: bool,
    /// What it is for.
    pub about: String,
    /// What else there is to say.
    pub note: Option<String>,
}

/// What a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A function of the module.
    Function,
    /// A method of sockets.
    Method,
    /// An attribute of sockets or of the module.
    Attribute,
    /// A number or a text.
    Constant,
    /// A type.
    Class,
    /// An exception.
    Exception,
}

impl Row {
    pub(crate) fn parse(line: &str) -> Result<Row, String> {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[name, status, shown_by, kind, section, linux, elsewhere, platforms, since, uses, grant, sdk, about, note] =
            &*columns
        else {
            return Err(format!("{} columns instead of {}", columns.len(), COLUMNS.split('\t').count()));
        };
        let given = |text: &str| (text != "-").then(|| text.to_owned());
        let valued = |pair: &str| {
            let (platform, value) = pair.split_once('=').ok_or_else(|| format!("{pair:?} isn't platform=value"))?;
            Ok::<_, String>((Platform::parse(platform)?, value.to_owned()))
        };
        let mut row = Row {
            name: name.to_owned(),
            status: Status::parse(status)?,
            shown_by: given(shown_by).map(|list| list.split(", ").map(str::to_owned).collect()).unwrap_or_default(),
            kind: Kind::parse(kind)?,
            section: section.to_owned(),
            linux: given(linux),
            elsewhere: given(elsewhere).map_or(Ok(Vec::new()), |list| list.split(' ').map(valued).collect())?,
            platforms: Platform::list(platforms)?,
            since: given(since),
            uses: given(uses).map_or(Ok(Vec::new()), |list| list.split(" + ").map(Use::parse).collect())?,
            grant: given(grant).map(|grant| {
                let (lines, when) = grant.split_once(": ").map_or((&*grant, None), |(lines, when)| (lines, Some(when)));
                (lines.split(", ").map(str::to_owned).collect(), when.map(str::to_owned))
            }),
            rust: None,
            aliases: Vec::new(),
            at_root: false,
            about: about.to_owned(),
            note: given(note),
        };
        for word in given(sdk).iter().flat_map(|sdk| sdk.split(", ")) {
            match word.strip_prefix("alias ") {
                Some(alias) => row.aliases.push(alias.to_owned()),
                None if word == "root" => row.at_root = true,
                None => row.rust = Some(word.to_owned()),
            }
        }
        row.check()?;
        Ok(row)
    }

    pub(crate) fn check(&self) -> Result<(), String> {
        let name = &self.name;
        if self.status == Status::Works && self.shown_by.is_empty() {
            return Err(format!("{name} works, and no test shows it"));
        }
        if self.linux.is_none() && self.kind == Kind::Constant {
            let known = !self.elsewhere.is_empty();
            match self.status {
                Status::Undefined | Status::PythonOnly(_) => {}
                Status::Elsewhere(_) | Status::WorksOn(_) if known => {}
                _ => {
                    return Err(format!(
                        "{name} has no value on Linux: is it `elsewhere`, with its value, or `undefined`?"
                    ));
                }
            }
        }
        if self.about.is_empty() || self.about.ends_with('.') {
            return Err(format!("{name}: say what it is for, without a full stop"));
        }
        Ok(())
    }

    /// The grants that it takes, in words: `` `option SO_PRIORITY` above 6 ``.
    pub(crate) fn grants(&self) -> Option<String> {
        let (lines, when) = self.grant.as_ref()?;
        let lines: Vec<String> = lines.iter().map(|line| format!("`{line}`")).collect();
        let when = when.as_ref().map(|when| format!(" {when}")).unwrap_or_default();
        Some(format!("{}{when}", lines.join(" and ")))
    }

    /// Whether the SDK has it.
    #[must_use]
    pub fn in_sdk(&self) -> bool {
        !matches!(self.status, Status::Undefined | Status::PythonOnly(_)) && self.rust.as_deref() != Some("none")
    }

    /// The Rust type of a constant with such a value. Addresses, machines and what no `i32` holds are unsigned.
    pub(crate) fn rust_type(&self, value: &str) -> &'static str {
        let unsigned = self.name.starts_with("INADDR_") || self.name.starts_with("VMADDR_");
        match value.parse::<i64>() {
            Err(_) => "&str",
            Ok(number) if unsigned || number > i64::from(i32::MAX) => "u32",
            Ok(_) => "i32",
        }
    }
}

impl Kind {
    pub(crate) fn parse(text: &str) -> Result<Kind, String> {
        Ok(match text {
            "function" => Kind::Function,
            "method" => Kind::Method,
            "attribute" => Kind::Attribute,
            "constant" => Kind::Constant,
            "class" | "type" => Kind::Class,
            "exception" => Kind::Exception,
            _ => return Err(format!("there is no kind {text:?}")),
        })
    }
}
