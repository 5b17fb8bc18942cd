//! What wallsocket does with a name, and what the name is given to.

use crate::platform::Platform;

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

impl Status {
    pub(crate) fn parse(text: &str) -> Result<Status, String> {
        let errno = |text: &str| match text.starts_with('E') && text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            true => Ok(text.to_owned()),
            false => Err(format!("{text:?} is no errno")),
        };
        Ok(match text {
            "works" => Status::Works,
            "elsewhere" => Status::Elsewhere(None),
            "undefined" => Status::Undefined,
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
    pub(crate) fn parse(text: &str) -> Result<Use, String> {
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
