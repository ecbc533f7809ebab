//! Whether a KEP needs a production readiness approval, as kubernetes' own check decides it
//! (<https://github.com/kubernetes/enhancements/blob/master/pkg/kepval/approval.go>).

use super::files::{is_accepted, stage};
use crate::metadata::{Metadata, PRR_FROM, Text, release};

/// Whether an approval is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need<'a> {
    /// No: not accepted yet, or for a release before reviews began.
    No,
    /// It can't be told: no release is named.
    NoMilestone,
    /// It can't be told: what is named is no release.
    NoRelease(Text<'a>),
    /// It can't be told: there is no stage, or not one of the known.
    NoStage,
    /// Yes, for this stage.
    Yes(Text<'a>),
}

/// Decides. The order of the questions is upstream's, so that the first one that fails is the same.
pub(super) fn need(kep: &Metadata) -> Need<'_> {
    if !is_accepted(kep) {
        return Need::No;
    }
    let Some(milestone) = kep.text("latest-milestone") else { return Need::NoMilestone };
    if kep.text("stage").is_none() {
        return Need::NoStage;
    }
    match release(milestone.value) {
        None => Need::NoRelease(milestone),
        Some(release) if release < PRR_FROM => Need::No,
        Some(_) => stage(kep).map_or(Need::NoStage, Need::Yes),
    }
}
