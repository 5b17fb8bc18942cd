//! Qualcomm's IPC router: judged by node and port.

use super::Holder;
use crate::address::QipcrtrAddress;
use crate::permissions::denial::Denial;
use crate::permissions::grant::{Numbers, Verb};
use crate::permissions::permit::Target;

impl Holder {
    /// May messages go there?
    pub(super) fn qipcrtr_send(&self, to: QipcrtrAddress) -> Result<Target, Denial> {
        self.node(Verb::QipcrtrSend, Some(to.node), Numbers::one(to.port))?;
        Ok(Target::Qipcrtr(to))
    }

    /// May it take that port?
    pub(super) fn qipcrtr_bind(&self, at: QipcrtrAddress) -> Result<Target, Denial> {
        self.node(Verb::QipcrtrBind, Some(at.node), Numbers::one(at.port))?;
        Ok(Target::Qipcrtr(at))
    }
}
