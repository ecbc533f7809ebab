//! How a rule is declared: its doc comment becomes its page, without a procedural macro. The mechanism is
//! that of ty's `declare_lint!`
//! (<https://github.com/astral-sh/ruff/blob/main/crates/ty_python_semantic/src/lint.rs>).

/// Declares a rule: its doc comment becomes its page.
///
/// ```ignore
/// declare_rule! {
///     /// ## What it finds
///     /// …
///     MissingQuestion, "missing-question", Some(Severity::Error), "a required question is nowhere", check
/// }
/// ```
macro_rules! declare_rule {
    ($(#[doc = $doc:literal])+ $name:ident, $id:literal, $severity:expr, $summary:literal, $check:path) => {
        declare_rule! { @with $(#[doc = $doc])+ $name, $id, $severity, $summary,
            fn check(&self, context: &crate::rules::Context, findings: &mut crate::rules::Findings) {
                $check(context, findings);
            }
        }
    };
    (@with $(#[doc = $doc:literal])+ $name:ident, $id:literal, $severity:expr, $summary:literal, $($methods:item)+) => {
        $(#[doc = $doc])+
        pub(crate) struct $name;

        impl crate::rules::Rule for $name {
            fn info(&self) -> &'static crate::rules::RuleInfo {
                static INFO: crate::rules::RuleInfo = crate::rules::RuleInfo {
                    id: crate::diagnostic::RuleId($id),
                    summary: $summary,
                    severity: $severity,
                    docs: concat!($($doc, "\n"),+),
                };
                &INFO
            }

            $($methods)+
        }
    };
}

/// Declares a rule about the files of one KEP; its check takes [`KepFiles`] instead of a [`Context`].
macro_rules! declare_kep_rule {
    ($(#[doc = $doc:literal])+ $name:ident, $id:literal, $severity:expr, $summary:literal, $check:path) => {
        declare_rule! { @with $(#[doc = $doc])+ $name, $id, $severity, $summary,
            fn check(&self, context: &crate::rules::Context, findings: &mut crate::rules::Findings) {
                if let Some(files) = context.kep_files() {
                    $check(files, findings);
                }
            }

            fn check_files(&self, files: &crate::rules::KepFiles, findings: &mut crate::rules::Findings) {
                $check(files, findings);
            }
        }
    };
}
