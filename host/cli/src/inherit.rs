//! `--inherit`: sockets that this process was started with, handed over to a guest.

use std::env;
use std::str::FromStr;

use wallsocket_host::SocketCtx;

use crate::errors::Error;

/// The first descriptor of socket activation (sd_listen_fds(3)).
const LISTEN_FDS_START: i32 = 3;

/// What sockets are called that were activated without a name (sd_listen_fds_with_names(3)).
const UNNAMED: &str = "unknown";

/// What an `--inherit` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Handover {
    /// A descriptor.
    Number(i32),
    /// Every activated socket of that name.
    Name(String),
}

impl FromStr for Handover {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse() {
            Ok(number) => Ok(Self::Number(number)),
            Err(_) if text.is_empty() || text.contains(':') => Err("expected a descriptor's number or a socket's name"),
            Err(_) => Ok(Self::Name(text.to_owned())),
        }
    }
}

/// Gives a guest what was asked for it.
pub(crate) fn hand_over(asked: &[Handover], sockets: &mut SocketCtx) -> Result<(), Error> {
    if asked.is_empty() {
        return Ok(());
    }
    let activated = activated(&|name| env::var(name).ok(), std::process::id());
    for one in asked {
        let (what, numbers) = match one {
            Handover::Number(number) => {
                let name = activated.iter().find(|(activated, _)| activated == number).map(|(_, name)| name.as_str());
                (number.to_string(), vec![(*number, name.unwrap_or_default())])
            }
            Handover::Name(name) => {
                let named = activated.iter().filter(|(_, activated)| activated == name);
                (name.clone(), named.map(|(number, name)| (*number, name.as_str())).collect())
            }
        };
        let failed = |reason: String| Error::Inherit { what: what.clone(), reason };
        if numbers.is_empty() {
            return Err(failed("no activated socket has that name".to_owned()));
        }
        for (number, name) in numbers {
            let socket = wallsocket_host::duplicate_descriptor(number).map_err(|error| failed(error.to_string()))?;
            sockets.inherit(number, name, socket).map_err(|error| failed(error.to_string()))?;
        }
    }
    Ok(())
}

/// The sockets that systemd started this process with, with their names; none where the variables are another's.
fn activated(variable: &dyn Fn(&str) -> Option<String>, own: u32) -> Vec<(i32, String)> {
    let number = |name: &str| variable(name).and_then(|text| text.parse::<u32>().ok());
    let (Some(count), true) = (number("LISTEN_FDS"), number("LISTEN_PID") == Some(own)) else { return Vec::new() };
    let names = variable("LISTEN_FDNAMES").unwrap_or_default();
    let names: Vec<&str> = if names.is_empty() { Vec::new() } else { names.split(':').collect() };
    let name_of = |index: u32| names.get(index as usize).copied().unwrap_or(UNNAMED).to_owned();
    // No process has more descriptors than it can count.
    let count = count.min(1 << 20);
    (0..count).filter_map(|index| Some((LISTEN_FDS_START.checked_add_unsigned(index)?, name_of(index)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(count: &str, pid: &str, names: Option<&str>) -> Vec<(i32, String)> {
        let variable = |name: &str| match name {
            "LISTEN_FDS" => Some(count.to_owned()),
            "LISTEN_PID" => Some(pid.to_owned()),
            _ => names.map(str::to_owned),
        };
        activated(&variable, 77)
    }

    #[test]
    fn activated_sockets_count_from_three_and_have_names() {
        let named = |list: &[(i32, &str)]| list.iter().map(|(n, name)| (*n, (*name).to_owned())).collect::<Vec<_>>();
        assert_eq!(listed("2", "77", Some("web:admin")), named(&[(3, "web"), (4, "admin")]));
        assert_eq!(listed("2", "77", Some("web")), named(&[(3, "web"), (4, "unknown")]));
        assert_eq!(listed("1", "77", None), named(&[(3, "unknown")]));
    }

    #[test]
    fn what_was_meant_for_another_process_is_nobodys() {
        assert!(listed("2", "78", None).is_empty() && listed("2", "", None).is_empty());
        assert!(listed("many", "77", None).is_empty() && listed("-1", "77", None).is_empty());
    }

    #[test]
    fn numbers_and_names_are_told_apart() {
        assert_eq!("3".parse(), Ok(Handover::Number(3)));
        assert_eq!("web".parse(), Ok(Handover::Name("web".to_owned())));
        assert!("".parse::<Handover>().is_err() && "a:b".parse::<Handover>().is_err());
    }
}
