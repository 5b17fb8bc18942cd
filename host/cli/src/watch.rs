//! Who watches a guest's decisions: `--audit` writes them down, `--record` grants what is missing and writes that down.

use wallsocket_host::{Decision, Observer};

use crate::audit::Audit;
use crate::record::Record;

/// What was asked for of the two.
#[derive(Default)]
pub(crate) struct Watch {
    pub(crate) audit: Option<Audit>,
    pub(crate) record: Option<Record>,
}

impl Watch {
    /// Whether anything was asked for.
    pub(crate) fn is_wanted(&self) -> bool {
        self.audit.is_some() || self.record.is_some()
    }

    /// The guest has ended, however it did.
    pub(crate) fn finish(&self) {
        if let Some(audit) = &self.audit {
            audit.finish();
        }
        if let Some(record) = &self.record {
            record.finish();
        }
    }
}

impl Observer for Watch {
    fn decided(&self, decision: &Decision) {
        if let Some(audit) = &self.audit {
            audit.decided(decision);
        }
        if let Some(record) = &self.record {
            record.decided(decision);
        }
    }

    fn grants(&self, refusal: &Decision) -> bool {
        self.record.as_ref().is_some_and(|record| record.grants(refusal))
    }
}
