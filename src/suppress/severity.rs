//! How bad a rule's findings are: rule default, template, configuration, flags; the later wins.

use crate::diagnostic::Severity;
use crate::rules::RuleInfo;
use crate::settings::Settings;
use crate::template::{SeverityOverride, Template};

/// The severity of a rule for documents of a template; `None` when it is not reported.
///
/// `settings.rules` holds configuration and flags already merged. A template's `never` wins over all: such a rule
/// has no meaning for its documents, so no configuration can switch it on.
#[must_use]
pub fn severity(info: &RuleInfo, template: &Template, settings: &Settings) -> Option<Severity> {
    let from_template = template.severities.get(info.id.0);
    // the rules of `rules/kep` read files that no other kind of document has
    let foreign = info.id.0.starts_with("kep-") && template.id != "kep";
    if foreign || from_template == Some(&SeverityOverride::Never) {
        return None;
    }
    if let Some(set) = settings.rules.get(&info.id) {
        return set.value;
    }
    match from_template {
        Some(SeverityOverride::To(severity)) => Some(*severity),
        Some(SeverityOverride::Off | SeverityOverride::Never) => None,
        None => info.severity,
    }
}
