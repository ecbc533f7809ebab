//! `kep-redundant-sig`.

use super::super::{Findings, KepFiles};
use super::files::{at, remark};

declare_kep_rule! {
    /// ## What it finds
    /// `participating-sigs` holds the `owning-sig` too.
    ///
    /// ## Why it matters
    /// The [KEP
    /// template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml)
    /// has the two for different things; naming the owner twice says nothing.
    ///
    /// ## Example
    /// ```yaml
    /// owning-sig: sig-node
    /// participating-sigs:
    ///   - sig-node
    /// ```
    ///
    /// ## How to fix it
    /// Remove the entry.
    ///
    /// ## How sure it is
    /// Off: the tool that creates KEPs writes it so itself.
    RedundantSig, "kep-redundant-sig", None, "the owning SIG is among the participating ones", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(kep) = files.own_kep() else { return };
    let Some(owner) = kep.text("owning-sig") else { return };
    for text in kep.texts("participating-sigs").into_iter().filter(|text| text.value == owner.value) {
        findings
            .report_at(at(kep, text), format!("`{}` is the owning SIG already", text.value))
            .related(remark(kep, owner.span, "the owner"))
            .help("remove it");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn the_owner_need_not_participate() {
        let found = Sample::with("sig-auth", "sig-node").messages(&RedundantSig);
        assert_eq!(found, ["`sig-node` is the owning SIG already"]);
    }
}
