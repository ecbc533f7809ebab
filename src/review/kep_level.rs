//! What a KEP aims at, read from its kep.yaml.

use super::Cap;
use crate::metadata::{Metadata, PRR_FROM, release};

/// What `status` may say, <https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml>.
pub const STATUSES: &[&str] =
    &["provisional", "implementable", "implemented", "deferred", "rejected", "withdrawn", "replaced"];

/// Those of the statuses after which nobody works on the document any more.
pub const SETTLED: &[&str] = &["implemented", "deferred", "rejected", "withdrawn", "replaced"];

/// What `stage` may say.
pub const STAGES: &[&str] = &["alpha", "beta", "stable", "deprecated", "disabled", "removed"];

/// The section of the template with the questions of the production readiness review.
pub(crate) const QUESTIONNAIRE: &str = "production-readiness-review-questionnaire";

/// The level of a KEP and how much its findings weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KepLevel {
    /// Name of the level; `None` when kep.yaml does not say (absent, broken, or with a slip in `status` or
    /// `stage`), for then nothing is known to be asked.
    pub name: Option<&'static str>,
    /// Why its findings weigh less, if they do.
    pub cap: Option<Cap>,
    /// Its release is older than production readiness reviews: it owes none, but one that it has is read.
    pub predates_reviews: bool,
}

/// Reads the level: provisional and implementable (without a release) from `status`, all others from `stage`.
/// What is being removed once was stable; a proposal that was settled before it had a stage is asked for no
/// more than a provisional one.
#[must_use]
pub fn kep_level(kep: &Metadata) -> KepLevel {
    let of = |key: &str, known: &'static [&'static str]| {
        let value = kep.text(key)?.value;
        Some(known.iter().copied().find(|name| *name == value))
    };
    let Some(Some(status)) = of("status", STATUSES) else { return KepLevel::default() };
    let settled = SETTLED.contains(&status);
    let stage = of("stage", STAGES);
    let retiring = matches!(stage, Some(Some("deprecated" | "disabled" | "removed")));
    let cap = if settled {
        Some(Cap::Settled)
    } else {
        (retiring && status != "provisional").then_some(Cap::Retiring)
    };
    let name = match (status, stage) {
        ("provisional", _) => Some("provisional"),
        ("implementable", _) if kep.text("latest-milestone").is_none() => Some("implementable"),
        (_, Some(None)) => None,
        (_, Some(Some(_))) if retiring => Some("stable"),
        (_, Some(Some(stage))) => Some(stage),
        ("implementable", None) => Some("implementable"),
        (_, None) => Some("provisional"),
    };
    let release = kep.text("latest-milestone").and_then(|text| release(text.value));
    KepLevel { name, cap, predates_reviews: release.is_some_and(|release| release < PRR_FROM) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::MetadataKind;
    use crate::source::{FileId, Source};

    fn level(text: &str) -> (Option<&'static str>, Option<Cap>) {
        let file = Metadata::parse(&Source::new("kep.yaml", text), FileId(0), MetadataKind::Kep);
        let level = kep_level(&file);
        (level.name, level.cap)
    }

    #[test]
    fn status_first_then_stage() {
        for (text, expected) in [
            ("status: provisional\nstage: stable", (Some("provisional"), None)),
            ("status: implementable\nstage: alpha", (Some("implementable"), None)),
            ("status: implementable\nstage: alpha\nlatest-milestone: v1.30", (Some("alpha"), None)),
            (
                "status: implementable\nstage: removed\nlatest-milestone: v1.30",
                (Some("stable"), Some(Cap::Retiring)),
            ),
            ("status: implemented\nstage: stable", (Some("stable"), Some(Cap::Settled))),
            ("status: withdrawn\nstage: beta", (Some("beta"), Some(Cap::Settled))),
            ("status: rejected", (Some("provisional"), Some(Cap::Settled))),
            ("status: implemented\nstage: GA", (None, Some(Cap::Settled))),
            ("status: implemnted\nstage: stable", (None, None)),
            ("title: a", (None, None)),
            ("", (None, None)),
        ] {
            assert_eq!(level(text), expected, "{text}");
        }
    }
}
