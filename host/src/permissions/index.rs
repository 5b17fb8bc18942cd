//! Lines in the order given, and found by what they are about: a decision looks at those that could matter to it.

use super::grant::{Grant, Verb};

/// Allow lines or deny lines.
#[derive(Clone, Debug)]
pub(super) struct Index {
    lines: Vec<Grant>,
    /// Where in `lines` those of each verb are.
    by_verb: [Vec<usize>; Verb::COUNT],
}

impl Default for Index {
    fn default() -> Self {
        Self { lines: Vec::new(), by_verb: [const { Vec::new() }; Verb::COUNT] }
    }
}

impl Index {
    pub(super) fn push(&mut self, line: Grant) {
        self.by_verb[line.verb as usize].push(self.lines.len());
        self.lines.push(line);
    }

    /// The place of one of them, in the order given.
    pub(super) fn place_of(&self, line: &Grant) -> Option<usize> {
        self.lines.element_offset(line)
    }

    /// The one at a place.
    pub(super) fn at(&self, place: usize) -> Option<&Grant> {
        self.lines.get(place)
    }

    /// All of them, in the order given.
    pub(super) fn lines(&self) -> std::slice::Iter<'_, Grant> {
        self.lines.iter()
    }

    /// Those of one verb, in the order given.
    pub(super) fn of_one(&self, verb: Verb) -> impl Iterator<Item = &Grant> {
        self.by_verb[verb as usize].iter().map(|at| &self.lines[*at])
    }

    /// Those of these verbs, verb by verb.
    pub(super) fn of<'a>(&'a self, verbs: &[Verb]) -> impl Iterator<Item = &'a Grant> {
        verbs.iter().flat_map(|verb| self.of_one(*verb))
    }
}
