//! `kep-invalid-status`.

use super::super::nearest::one_of;
use super::super::{Findings, KepFiles};
use super::files::at;
use crate::diagnostic::Severity;
use crate::review::STATUSES;

declare_kep_rule! {
    /// ## What it finds
    /// A `status` other than provisional, implementable, implemented, deferred, rejected, withdrawn or
    /// replaced.
    ///
    /// ## Why it matters
    /// The [KEP
    /// template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml)
    /// names these. Nothing checks them upstream, and with any other word the production readiness check is
    /// off.
    ///
    /// ## Example
    /// ```yaml
    /// status: implementabel
    /// ```
    ///
    /// ## How to fix it
    /// Write one of the seven.
    ///
    /// ## How sure it is
    /// Certain. Case counts, as it does for the check.
    InvalidStatus, "kep-invalid-status", Some(Severity::Error), "`status` is not one of those that a KEP can have", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(kep) = files.kep else { return };
    let Some(status) = kep.text("status").filter(|status| !STATUSES.contains(&status.value)) else { return };
    let help = match status.value.to_lowercase().as_str() {
        "superseded" => "write `replaced`, and name the other KEP in `superseded-by`".to_string(),
        "accepted" | "approved" => "did you mean `implementable`?".to_string(),
        "removed" | "disabled" | "deprecated" => {
            format!(
                "`{0}` is a stage; write `implemented` here and `stage: {0}`",
                status.value.to_lowercase()
            )
        }
        other => one_of(other, STATUSES),
    };
    findings.report_at(at(kep, status), format!("`{}` is no status of a KEP", status.value)).help(help);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn the_probable_one_is_said() {
        let help = |status: &str| {
            let found =
                Sample::with("status: implementable", &format!("status: {status}")).check(&InvalidStatus);
            found.into_iter().next().and_then(|one| one.help)
        };
        assert_eq!(help("imlpemented").as_deref(), Some("did you mean `implemented`?"));
        assert_eq!(help("Implementable").as_deref(), Some("did you mean `implementable`?"));
        assert!(help("superseded").unwrap().contains("replaced"));
        assert!(help("removed").unwrap().contains("stage: removed"));
        assert!(help("provisional|implementable").unwrap().contains("or replaced"));
        assert_eq!(help("withdrawn"), None);
    }
}
