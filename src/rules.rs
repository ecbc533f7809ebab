//! The rules: one a file, named for the defect. This file has the trait and the one list.
//!
//! A rule reads a bound [`Review`] and reports; it chooses no severity and reads no file. Its doc
//! comment is its user page (`gtr explain`, `docs/rules/`). Adding a rule touches its file and one line here.

use std::cell::OnceCell;

use crate::diagnostic::{Diagnostic, Edit, Fingerprint, Fix, Label, RuleId, Severity};
use crate::input::Input;
use crate::review::{Review, State};
use crate::scaffold::Insertion;
use crate::settings::Settings;
use crate::source::{FileId, Span};
use crate::template::ItemIndex;

#[macro_use]
mod declare;

mod absent_in_kep;
mod anchor;
mod checkbox;
mod date_form;
mod field;
mod gate;
mod hosted;
mod link;
mod nearest;
mod phrase;
mod prose_section;
mod quote;
mod repeated_prompts;
mod reworded;
mod same_wording;
#[cfg(test)]
mod sample;
mod toc_table;
mod url;
mod whole_answer;
mod whole_lines;
mod written_date;

pub use kep::files::KepFiles;
pub use nearest::nearest;

/// What is known of a rule without running it.
#[derive(Debug)]
pub struct RuleInfo {
    /// Its name.
    pub id: RuleId,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// Its severity where nobody says otherwise; `None` is off.
    pub severity: Option<Severity>,
    /// Its user page in markdown.
    pub docs: &'static str,
}

impl RuleInfo {
    /// Its user page as markdown, without the space that a doc comment puts before each line.
    #[must_use]
    pub fn page(&self) -> String {
        self.docs.lines().map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
    }
}

/// Everything a rule may read.
pub struct Context<'a> {
    /// The bound document.
    pub review: &'a Review,
    /// What is known of the world.
    pub input: &'a Input,
    /// What the check was told to do.
    pub settings: &'a Settings,
    links: OnceCell<Vec<link::Found<'a>>>,
    answered: OnceCell<Vec<gate::Asked<'a>>>,
    kep_files: OnceCell<Option<KepFiles<'a>>>,
}

impl<'a> Context<'a> {
    /// What the rules may read of one document.
    #[must_use]
    pub fn new(review: &'a Review, input: &'a Input, settings: &'a Settings) -> Self {
        Self {
            review,
            input,
            settings,
            links: OnceCell::new(),
            answered: OnceCell::new(),
            kep_files: OnceCell::new(),
        }
    }

    /// The files of the KEP that the document is; `None` when it is none.
    fn kep_files(&self) -> Option<&KepFiles<'a>> {
        self.kep_files.get_or_init(|| KepFiles::of(self)).as_ref()
    }

    /// The links that the document's authors wrote, in its order; collected when first asked for.
    fn own_links(&self) -> &[link::Found<'a>] {
        self.links.get_or_init(|| link::own(self.review))
    }

    /// The required questions that are answered, see [`gate::asked`]; collected when first asked for.
    fn answered(&self) -> &[gate::Asked<'a>] {
        self.answered.get_or_init(|| gate::asked(self.review, State::Answered))
    }
}

/// One rule.
pub trait Rule: Sync {
    /// Name, severity, page.
    fn info(&self) -> &'static RuleInfo;

    /// Reports what the rule finds.
    fn check(&self, context: &Context, findings: &mut Findings);

    /// Reports what the rule finds in the files of a KEP of which no document is bound; nothing for rules that
    /// read documents.
    fn check_files(&self, _files: &KepFiles, _findings: &mut Findings) {}
}

/// Collects the findings of one rule.
pub struct Findings {
    rule: RuleId,
    found: Vec<Diagnostic>,
}

/// One finding on its way: the optional parts are added to it.
pub struct Finding<'a>(&'a mut Diagnostic);

impl Findings {
    /// An empty collection for a rule.
    #[must_use]
    pub fn new(rule: RuleId) -> Self {
        Self { rule, found: Vec::new() }
    }

    /// Reports a finding in the document. The message is one sentence, lower case, without full stop.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> Finding<'_> {
        self.report_at(Label::at(span), message)
    }

    /// Reports a finding in any file of the input.
    pub fn report_at(&mut self, primary: Label, message: impl Into<String>) -> Finding<'_> {
        self.found.push(Diagnostic {
            rule: self.rule,
            // Replaced by `suppress`, which alone decides severities.
            severity: Severity::Note,
            cap: None,
            message: message.into(),
            primary,
            related: Vec::new(),
            help: None,
            item: None,
            fix: None,
            fingerprint: Fingerprint::default(),
        });
        let last = self.found.len() - 1;
        Finding(&mut self.found[last])
    }

    /// What was reported.
    #[must_use]
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.found
    }
}

impl Finding<'_> {
    /// What to do about it.
    pub fn help(self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// The template item it is about.
    pub fn item(self, review: &Review, index: ItemIndex) -> Self {
        self.0.item = Some(review.item(index).id.clone());
        self
    }

    /// Milder than the rule's severity: this finding never exceeds `severity`.
    pub fn at_most(self, severity: Severity) -> Self {
        self.0.cap = Some(severity);
        self
    }

    /// One more place that belongs to it.
    pub fn related(self, label: Label) -> Self {
        self.0.related.push(label);
        self
    }

    /// How to remove it.
    pub fn fix(self, title: impl Into<String>, safe: bool, edits: Vec<Edit>) -> Self {
        self.0.fix = Some(Fix { title: title.into(), safe, apart: false, edits });
        self
    }

    /// How to remove it by edits each of which removes a part: those that cannot be made are left out.
    pub fn fix_apart(self, title: impl Into<String>, safe: bool, edits: Vec<Edit>) -> Self {
        self.0.fix = Some(Fix { title: title.into(), safe, apart: true, edits });
        self
    }

    /// Removed by putting text into the document. Never safe: what is put in is still to be answered.
    pub fn insertion(self, title: impl Into<String>, insertion: Insertion) -> Self {
        let span = Span::new(insertion.at, insertion.at);
        self.fix(title, false, vec![Edit { file: FileId(0), span, text: insertion.text }])
    }
}

macro_rules! rules {
    ($($module:ident::$name:ident,)* => kep { $($kep:ident::$kep_name:ident,)* }) => {
        $(mod $module;)*

        /// Rules about kep.yaml, approval files and what the files of one KEP say of each other.
        mod kep {
            pub(super) mod files;
            mod prr;
            #[cfg(test)]
            pub(super) mod sample;
            $(pub(super) mod $kep;)*
        }

        /// All rules: first those about documents, then those about the files of a KEP, each by name.
        pub static ALL: &[&dyn Rule] = &[$(&$module::$name,)* $(&kep::$kep::$kep_name),*];
    };
}

rules! {
    bare_not_applicable::BareNotApplicable,
    broken_link::BrokenLink,
    collapsed_group::CollapsedGroup,
    commented_out_question::CommentedOutQuestion,
    duplicate_question::DuplicateQuestion,
    duplicate_section::DuplicateSection,
    echoed_question::EchoedQuestion,
    edited_question::EditedQuestion,
    empty_field::EmptyField,
    empty_section::EmptySection,
    evasive_answer::EvasiveAnswer,
    future_date::FutureDate,
    invalid_date::InvalidDate,
    invalid_version::InvalidVersion,
    leftover_guidance::LeftoverGuidance,
    leftover_preamble::LeftoverPreamble,
    leftover_scaffold::LeftoverScaffold,
    misnamed_file::MisnamedFile,
    misplaced_question::MisplacedQuestion,
    missing_field::MissingField,
    missing_question::MissingQuestion,
    missing_section::MissingSection,
    outdated_template::OutdatedTemplate,
    paraphrased_question::ParaphrasedQuestion,
    placeholder_answer::PlaceholderAnswer,
    placeholder_title::PlaceholderTitle,
    pointer_answer::PointerAnswer,
    private_link::PrivateLink,
    promised_answer::PromisedAnswer,
    repeated_answer::RepeatedAnswer,
    retired_question::RetiredQuestion,
    stale_toc::StaleToc,
    swallowed_heading::SwallowedHeading,
    truncated_question::TruncatedQuestion,
    unacknowledged_test_plan::UnacknowledgedTestPlan,
    unanswered_question::UnansweredQuestion,
    unchecked_signoff::UncheckedSignoff,
    unexplained_suppression::UnexplainedSuppression,
    unknown_level::UnknownLevel,
    unknown_rule::UnknownRule,
    unknown_template_version::UnknownTemplateVersion,
    unpinned_link::UnpinnedLink,
    unresolved_marker::UnresolvedMarker,
    unused_suppression::UnusedSuppression,

    => kep {
        broken_reference::BrokenReference,
        disable_supported_mismatch::DisableSupportedMismatch,
        duplicate_number::DuplicateNumber,
        feature_gate_mismatch::FeatureGateMismatch,
        invalid_date::InvalidDate,
        invalid_feature_gate::InvalidFeatureGate,
        invalid_milestone::InvalidMilestone,
        invalid_prr_approval::InvalidPrrApproval,
        invalid_stage::InvalidStage,
        invalid_status::InvalidStatus,
        invalid_type::InvalidType,
        missing_approver::MissingApprover,
        missing_at_sign::MissingAtSign,
        missing_disable_supported::MissingDisableSupported,
        missing_feature_gate::MissingFeatureGate,
        missing_field::MissingField,
        missing_metadata::MissingMetadata,
        missing_metrics::MissingMetrics,
        missing_milestone::MissingMilestone,
        missing_prr_approval::MissingPrrApproval,
        missing_readme::MissingReadme,
        number_mismatch::NumberMismatch,
        redundant_sig::RedundantSig,
        self_approval::SelfApproval,
        status_stage_conflict::StatusStageConflict,
        syntax::Syntax,
        template_value::TemplateValue,
        title_mismatch::TitleMismatch,
        unknown_field::UnknownField,
        unknown_prr_approver::UnknownPrrApprover,
        unknown_sig::UnknownSig,
    }
}

/// The rule with a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static dyn Rule> {
    ALL.iter().copied().find(|rule| rule.info().id.0 == name)
}

/// Runs every rule that is not switched off for good; severities are left to `suppress`.
#[must_use]
pub fn run(context: &Context) -> Vec<Diagnostic> {
    collect(|rule, findings| rule.check(context, findings))
}

/// Runs the rules about the files of one KEP without a bound document.
#[must_use]
pub fn run_files(files: &KepFiles) -> Vec<Diagnostic> {
    collect(|rule, findings| rule.check_files(files, findings))
}

fn collect(check: impl Fn(&dyn Rule, &mut Findings)) -> Vec<Diagnostic> {
    let found = ALL.iter().flat_map(|rule| {
        let mut findings = Findings::new(rule.info().id);
        check(*rule, &mut findings);
        findings.into_diagnostics()
    });
    found.collect()
}

/// Whether a rule only says what kubernetes' own decoder or CI refuses: it keeps its weight in settled proposals.
#[must_use]
pub fn is_enforced_upstream(rule: RuleId) -> bool {
    matches!(
        rule.0,
        "kep-syntax"
            | "kep-unknown-field"
            | "kep-missing-field"
            | "kep-invalid-type"
            | "kep-missing-metadata"
            | "kep-missing-prr-approval"
            | "kep-invalid-prr-approval"
            | "kep-unknown-prr-approver"
            | "stale-toc"
    )
}

/// Whether a path lies in a directory of upstream's KEP templates.
#[must_use]
pub fn is_kep_template(path: &str) -> bool {
    kep::files::is_template(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Role;
    use crate::review::Templates;
    use crate::source::Source;

    /// What a rule finds in a whole check of a KEP: its README beside its kep.yaml.
    pub(super) fn check_kep(readme: &str, metadata: &str, rule: &dyn Rule) -> Vec<Diagnostic> {
        let mut input = Input::alone(Source::new("README.md", readme));
        input.companions = vec![(Role::KepMetadata, Source::new("kep.yaml", metadata))];
        let found = crate::check(&input, &Settings::default(), &Templates::default()).diagnostics;
        found.into_iter().filter(|one| one.rule == rule.info().id).collect()
    }

    #[test]
    fn every_rule_has_a_page_and_a_name_of_its_own() {
        for info in ALL.iter().map(|rule| rule.info()) {
            assert!(ALL.iter().filter(|rule| rule.info().id == info.id).count() == 1, "{}", info.id);
            assert!(info.docs.contains("](https://"), "{} names no authority", info.id);
        }
    }
}
