//! `kep-unknown-sig`.

use super::super::{Findings, KepFiles, nearest};
use super::files::at;
use crate::diagnostic::Severity;

declare_kep_rule! {
    /// ## What it finds
    /// `owning-sig` or an entry of `participating-sigs` begins with `sig-` and is the name of no SIG.
    ///
    /// ## Why it matters
    /// The [list of SIGs](https://github.com/kubernetes/community/blob/master/sig-list.md) is checked by
    /// the tool that creates KEPs, but by no CI job; approval files are looked up by the owning SIG's name.
    ///
    /// ## Example
    /// ```yaml
    /// participating-sigs:
    ///   - sig-scheduler
    /// ```
    ///
    /// ## How to fix it
    /// Write the name as the help says; for a SIG that was closed name its successor.
    ///
    /// ## How sure it is
    /// SIGs are the directories of the checkout and the groups of leads in OWNERS_ALIASES. Working groups,
    /// committees and providers are not looked at.
    UnknownSig, "kep-unknown-sig", Some(Severity::Warning), "a SIG that does not exist", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let (Some(kep), Some(tree)) = (files.own_kep(), files.tree()) else { return };
    if tree.sigs.is_empty() {
        return;
    }
    let named = kep.text("owning-sig").into_iter().chain(kep.texts("participating-sigs"));
    for text in named.filter(|text| text.value.starts_with("sig-") && !tree.sigs.contains(text.value)) {
        let known = || tree.sigs.iter().map(String::as_str);
        // "sig-arch": one name begins so
        let near = nearest(text.value, known()).or_else(|| {
            let tail = text.value.rsplit('-').next().filter(|tail| tail.len() >= 4)?;
            known().find(|name| name.ends_with(tail))
        });
        let help = near.map_or_else(
            || "name one that exists; for a SIG that was closed its successor".to_string(),
            |name| format!("did you mean `{name}`?"),
        );
        findings.report_at(at(kep, text), format!("there is no `{}`", text.value)).help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn the_nearest_name_is_said() {
        let found = Sample::with("sig-auth", "sig-oauth").check(&UnknownSig);
        assert_eq!(found[0].message, "there is no `sig-oauth`");
        assert_eq!(found[0].help.as_deref(), Some("did you mean `sig-auth`?"));
        assert!(Sample::with("sig-auth", "wg-anything").check(&UnknownSig).is_empty());
        let nothing_known = Sample::with("sig-auth", "sig-oauth").tree(|tree| tree.sigs.clear());
        assert!(nothing_known.check(&UnknownSig).is_empty());
    }
}
