//! The table: read, and its rows understood.

use std::collections::HashSet;
use std::io;
use std::path::Path;

use crate::row::Row;
use crate::{SECTIONS, fault, read};

const FILE: &str = "names/python-socket.tsv";
pub(crate) const COLUMNS: &str =
    "name\tstatus\tshown_by\tkind\tsection\tlinux\telsewhere\tplatforms\tsince\tuse\tgrant\tsdk\tabout\tnote";
/// Levels that Python doesn't export, in Linux's numbers.
const LEVELS: [(&str, i64); 4] = [("SOL_CAN_J1939", 107), ("SOL_PACKET", 263), ("SOL_NETLINK", 270), ("SOL_LOCAL", 0)];

/// The whole table.
#[derive(Debug)]
pub struct Table {
    /// A row for each name, in the order of the file.
    pub rows: Vec<Row>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::{Access, Use};

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
