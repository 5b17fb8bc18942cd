//! Where a hostile guest's decisions come from: chance, or bytes that somebody made up.

/// What decides.
pub(super) enum Choices {
    /// Chance, the same for a seed.
    Chance(fastrand::Rng),
    /// Bytes, one after the other.
    Bytes(std::vec::IntoIter<u8>),
}

impl Choices {
    /// Whether there is nothing left to decide by.
    pub(super) fn are_over(&self) -> bool {
        matches!(self, Self::Bytes(bytes) if bytes.len() == 0)
    }

    /// A number below `end`, which is never 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        match self {
            Self::Chance(random) => random.usize(..end),
            // Hardly anything has more than 256 cases.
            Self::Bytes(_) if end <= 256 => usize::from(self.byte()) % end,
            Self::Bytes(_) => usize::try_from(self.word()).unwrap_or_default() % end,
        }
    }

    pub(super) fn byte(&mut self) -> u8 {
        match self {
            Self::Chance(random) => random.u8(..),
            // What is missing at the end is zero.
            Self::Bytes(bytes) => bytes.next().unwrap_or_default(),
        }
    }

    pub(super) fn word(&mut self) -> u32 {
        match self {
            Self::Chance(random) => random.u32(..),
            Self::Bytes(_) => u32::from_le_bytes([(); 4].map(|()| self.byte())),
        }
    }
}
