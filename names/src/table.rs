//! The table: read, and its rows understood.

use std::collections::HashSet;
use std::io;
use std::path::Path;

use crate::{SECTIONS, fault, read};

const FILE: &str = "names/python-socket.tsv";
const COLUMNS: &str =
    "name\tstatus\tshown_by\tkind\tsection\tlinux\telsewhere\tplatforms\tsince\tuse\tgrant\tsdk\tabout\tnote";
/// Levels that Python doesn't export, in Linux's numbers.
const LEVELS: [(&str, i64); 4] = [("SOL_CAN_J1939", 107), ("SOL_PACKET", 263), ("SOL_NETLINK", 270), ("SOL_LOCAL", 0)];

/// The whole table.
#[derive(Debug)]
pub struct Table {
    /// A row for each name, in the order of the file.
    pub rows: Vec<Row>,
}

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
    /// Its topic, one of [`SECTIONS`].
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
    /// The grant that it takes, as `option SO_MARK`.
    pub grant: Option<String>,
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

/// What wallsocket does with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It works, on Linux.
    Works,
    /// It works on these platforms.
    WorksOn(Vec<Platform>),
    /// It is refused for good, with an errno and a reason.
    Refused(String, String),
    /// It isn't there yet, and gives an errno.
    NotYet(String),
    /// It belongs to other platforms; using it here gives an errno, where one can use it at all.
    Elsewhere(Option<String>),
    /// No header defines it, so no Python has it.
    Undefined,
    /// It has a meaning in CPython alone.
    PythonOnly(String),
    /// The SDK has it, and no test uses it.
    Untested,
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

/// A platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "they are what they are called")]
pub enum Platform {
    Linux,
    Windows,
    MacOs,
    FreeBsd,
    NetBsd,
    OpenBsd,
}

/// Which ways an option goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are what they are called")]
pub enum Access {
    Get,
    Set,
    GetSet,
}

/// What a name is given to or comes with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Use {
    /// An option: its level, which ways it goes, its value's layout.
    Option(String, Access, String),
    /// A control message: its level, its type, its data's layout.
    Message(String, String, String),
    /// A flag of what is sent.
    Send,
    /// A flag of a receive.
    Receive,
    /// A flag in what `recvmsg` returns.
    Result,
    /// A control code of `ioctl`, and what goes with it.
    Ioctl(String),
}

impl Platform {
    /// All of them.
    pub const ALL: [Platform; 6] =
        [Platform::Linux, Platform::Windows, Platform::MacOs, Platform::FreeBsd, Platform::NetBsd, Platform::OpenBsd];

    /// Its name in the table.
    #[must_use]
    pub fn id(self) -> &'static str {
        ["linux", "windows", "macos", "freebsd", "netbsd", "openbsd"][self as usize]
    }

    /// Its name for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        ["Linux", "Windows", "macOS", "FreeBSD", "NetBSD", "OpenBSD"][self as usize]
    }

    fn parse(text: &str) -> Result<Platform, String> {
        let found = Platform::ALL.into_iter().find(|platform| platform.id() == text);
        found.ok_or_else(|| format!("there is no platform {text:?}"))
    }

    fn list(text: &str) -> Result<Vec<Platform>, String> {
        match text {
            "-" => Ok(Vec::new()),
            "all" => Ok(Platform::ALL.to_vec()),
            list => list.split(',').map(Platform::parse).collect(),
        }
    }
}

impl Table {
    /// The table of the project at `root`.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and in which line.
    pub fn read(root: &Path) -> io::Result<Table> {
        Table::parse(&read(root, FILE)?).map_err(|(line, what)| fault(format!("{FILE}:{line}: {what}")))
    }

    fn parse(text: &str) -> Result<Table, (usize, String)> {
        let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
        if lines.next().map(|(_, head)| head) != Some(COLUMNS) {
            return Err((1, format!("the columns are {COLUMNS:?}")));
        }
        let (mut rows, mut seen, mut section) = (Vec::new(), HashSet::new(), 0);
        for (at, line) in lines {
            let row = Row::parse(line).map_err(|what| (at, what))?;
            if !seen.insert(row.name.clone()) {
                return Err((at, format!("{} stands here twice", row.name)));
            }
            let of_row = SECTIONS.iter().position(|section| section.id == row.section);
            match of_row {
                None => return Err((at, format!("there is no section {:?}", row.section))),
                Some(of_row) if of_row < section => {
                    return Err((at, format!("{} belongs to an earlier section, {}", row.name, row.section)));
                }
                Some(of_row) => section = of_row,
            }
            rows.push(row);
        }
        Ok(Table { rows })
    }

    /// A name's row.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.name == name)
    }

    /// The number of an option's level, on Linux.
    #[must_use]
    pub fn level(&self, name: &str) -> Option<i64> {
        let known = LEVELS.iter().find(|level| level.0 == name).map(|level| level.1);
        known.or_else(|| self.find(name)?.linux.as_deref()?.parse().ok())
    }

    /// The rows of a section.
    pub fn section<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Row> {
        self.rows.iter().filter(move |row| row.section == id)
    }
}

impl Row {
    fn parse(line: &str) -> Result<Row, String> {
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
            grant: given(grant),
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

    fn check(&self) -> Result<(), String> {
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
    fn parse(text: &str) -> Result<Kind, String> {
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

impl Status {
    fn parse(text: &str) -> Result<Status, String> {
        let errno = |text: &str| match text.starts_with('E') && text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            true => Ok(text.to_owned()),
            false => Err(format!("{text:?} is no errno")),
        };
        Ok(match text {
            "works" => Status::Works,
            "elsewhere" => Status::Elsewhere(None),
            "undefined" => Status::Undefined,
            "untested" => Status::Untested,
            _ => {
                if let Some(platforms) = text.strip_prefix("works on ") {
                    Status::WorksOn(Platform::list(platforms)?)
                } else if let Some(number) = text.strip_prefix("not yet ") {
                    Status::NotYet(errno(number)?)
                } else if let Some(number) = text.strip_prefix("elsewhere ") {
                    Status::Elsewhere(Some(errno(number)?))
                } else if let Some(why) = text.strip_prefix("python only: ") {
                    Status::PythonOnly(why.to_owned())
                } else if let Some((number, why)) =
                    text.strip_prefix("refused ").and_then(|refused| refused.split_once(": "))
                {
                    Status::Refused(errno(number)?, why.to_owned())
                } else {
                    return Err(format!("{text:?} is no status; names/README.md has them"));
                }
            }
        })
    }
}

impl Use {
    fn parse(text: &str) -> Result<Use, String> {
        let bad = || format!("{text:?} is no use; names/README.md has them");
        match text {
            "flag send" => return Ok(Use::Send),
            "flag receive" => return Ok(Use::Receive),
            "flag result" => return Ok(Use::Result),
            _ => {}
        }
        let (head, layout) = text.split_once(": ").ok_or_else(bad)?;
        let layout = layout.to_owned();
        match *head.split(' ').collect::<Vec<_>>() {
            ["option", level] => Ok(Use::Option(level.to_owned(), Access::GetSet, layout)),
            ["option", level, "get"] => Ok(Use::Option(level.to_owned(), Access::Get, layout)),
            ["option", level, "set"] => Ok(Use::Option(level.to_owned(), Access::Set, layout)),
            ["message", level, kind] => Ok(Use::Message(level.to_owned(), kind.to_owned(), layout)),
            ["ioctl"] => Ok(Use::Ioctl(layout)),
            _ => Err(bad()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "X\tworks\tsome_test\tconstant\tso\t1\t-\tall\t3.6\toption SOL_SOCKET get: int\t-\t-\tBe one\t-";

    fn parse(rows: &[&str]) -> Result<Table, (usize, String)> {
        Table::parse(&format!("{COLUMNS}\n{}\n", rows.join("\n")))
    }

    #[test]
    fn a_row_is_read() {
        let table = parse(&[ROW]).expect("it is a row");
        let row = table.find("X").expect("it is there");
        assert_eq!(row.uses, [Use::Option("SOL_SOCKET".into(), Access::Get, "int".into())]);
        assert_eq!((row.linux.as_deref(), row.platforms.len()), (Some("1"), 6));
    }

    #[test]
    fn a_row_that_is_wrong_is_refused_with_its_line() {
        for (from, to) in [
            ("some_test", "-"),
            ("works", "works?"),
            ("works", "refused EPERM"),
            ("works", "not yet"),
            ("\tso\t", "\tsofa\t"),
            ("\t1\t", "\t-\t"),
            ("all", "linux,plan9"),
            ("get: int", "get"),
            ("Be one", "Be one."),
            ("\t-\tBe", "\tBe"),
        ] {
            let wrong = ROW.replacen(from, to, 1);
            assert!(matches!(parse(&[&wrong.replace("X\t", "Y\t"), ROW]), Err((2, _))), "{wrong:?} is no row");
        }
        assert!(matches!(parse(&[ROW, ROW]), Err((3, _))), "a name has one row");
        let earlier = ROW.replace("\tso\t", "\tkinds\t").replace("X\t", "Y\t");
        assert!(matches!(parse(&[ROW, &earlier]), Err((3, _))), "sections follow each other");
    }
}
