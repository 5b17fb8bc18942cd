//! The platforms that Python runs on.

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

    pub(crate) fn parse(text: &str) -> Result<Platform, String> {
        let found = Platform::ALL.into_iter().find(|platform| platform.id() == text);
        found.ok_or_else(|| format!("there is no platform {text:?}"))
    }

    pub(crate) fn list(text: &str) -> Result<Vec<Platform>, String> {
        match text {
            "-" => Ok(Vec::new()),
            "all" => Ok(Platform::ALL.to_vec()),
            list => list.split(',').map(Platform::parse).collect(),
        }
    }
}
