//! The files of one KEP as its rules read them, with the questions that several of them ask.

use crate::diagnostic::Label;
use crate::document::Document;
use crate::input::{Input, TreeFacts, directory_number, without_zeros};
use crate::metadata::{Metadata, Text};
use crate::review::{Companions, Review, STAGES};
use crate::rules::Context;
use crate::settings::Settings;
use crate::source::Span;

/// What the rules about the files of one KEP may read. Any of the files may be missing.
#[derive(Clone, Copy)]
pub struct KepFiles<'a> {
    /// kep.yaml.
    pub kep: Option<&'a Metadata>,
    /// The production readiness approval.
    pub approval: Option<&'a Metadata>,
    /// The README, also one that answers no template.
    pub document: Option<&'a Document>,
    /// The README bound to the template.
    pub review: Option<&'a Review>,
    /// What is known of the world.
    pub input: &'a Input,
    /// What the check was told to do.
    pub settings: &'a Settings,
    /// See [`KepFiles::is_exempt`], which every rule asks first.
    exempt: bool,
}

impl<'a> KepFiles<'a> {
    /// The files of a KEP of which no document is bound.
    #[must_use]
    pub fn new(
        companions: &'a Companions,
        document: Option<&'a Document>,
        input: &'a Input,
        settings: &'a Settings,
    ) -> Self {
        let (kep, approval) = (companions.metadata.as_deref(), companions.approval.as_deref());
        let mut files = Self { kep, approval, document, review: None, input, settings, exempt: false };
        files.exempt = is_template(input.path()) || files.directory_number() == Some("0");
        files
    }

    /// The files of a bound document; `None` when it is no KEP. Rules take them from
    /// [`Context::kep_files`](crate::rules::Context::kep_files), which makes them once.
    pub(in crate::rules) fn of(context: &Context<'a>) -> Option<Self> {
        let review = context.review;
        let files = || Self::new(&review.companions, Some(&review.document), context.input, context.settings);
        (review.template.id == "kep").then(|| Self { review: Some(review), ..files() })
    }

    /// Both metadata files that are there.
    pub(super) fn metadata(&self) -> impl Iterator<Item = &'a Metadata> + use<'a> {
        self.kep.into_iter().chain(self.approval)
    }

    /// Whether this is one of upstream's templates, which hold samples on purpose, or one of the KEPs numbered
    /// 0000, which have no issue and so no number.
    pub(super) fn is_exempt(&self) -> bool {
        self.exempt
    }

    /// kep.yaml, unless it is exempt.
    pub(super) fn own_kep(&self) -> Option<&'a Metadata> {
        self.kep.filter(|_| !self.is_exempt())
    }

    /// Facts about the tree.
    pub(super) fn tree(&self) -> Option<&'a TreeFacts> {
        self.input.tree.as_deref()
    }

    /// The directory of the KEP; `None` for an approval checked alone.
    pub(super) fn directory(&self) -> Option<&'a str> {
        let alone = self.document.is_none() && self.input.role() == Some(crate::input::Role::PrrApproval);
        (!alone).then(|| self.input.directory())
    }

    /// The number that the KEP's directory begins with.
    pub(super) fn directory_number(&self) -> Option<&'a str> {
        directory_number(self.directory()?)
    }
}

/// Whether a path lies in a directory of upstream's templates, or of a project's own (`NNNN-template`).
pub(crate) fn is_template(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with("NNNN-") && part.ends_with("template")) || path.contains("prod-readiness/template/")
}

/// A label in a metadata file.
pub(super) fn label(file: &Metadata, span: Span) -> Label {
    Label { file: file.file(), span, message: None }
}

/// A label in a metadata file with a remark.
pub(super) fn remark(file: &Metadata, span: Span, message: impl Into<String>) -> Label {
    Label { file: file.file(), span, message: Some(message.into()) }
}

/// The label of a text in a metadata file.
pub(super) fn at(file: &Metadata, text: Text) -> Label {
    label(file, text.span)
}

/// Where to point when a key has no value: the key, or the top of the file when it is absent, which is said there.
pub(super) fn absent(file: &Metadata, key: &str) -> Label {
    match file.field(key) {
        Some(field) => label(file, field.key),
        None => remark(file, file.anchor(), format!("the file has no `{key}`")),
    }
}

/// The stage of a KEP, if it is one of those there are.
pub(super) fn stage(kep: &Metadata) -> Option<Text<'_>> {
    kep.text("stage").filter(|stage| STAGES.contains(&stage.value))
}

/// Whether the KEP is to be built or was built.
pub(super) fn is_accepted(kep: &Metadata) -> bool {
    kep.text("status").is_some_and(|status| matches!(status.value, "implementable" | "implemented"))
}

/// Whether the KEP is to be built.
pub(super) fn is_implementable(kep: &Metadata) -> bool {
    kep.text("status").is_some_and(|status| status.value == "implementable")
}

/// Whether a value still says that there is none.
pub(super) fn is_placeholder(value: &str) -> bool {
    let bare = value.trim().trim_matches(['(', ')', '.', '?']).to_lowercase();
    matches!(bare.as_str(), "" | "tbd" | "todo" | "n/a" | "na" | "none" | "-" | "@tbd" | "unknown")
}

/// Numbers of KEPs are equal when they differ in leading zeros only.
pub(super) fn same_number(one: &str, other: &str) -> bool {
    without_zeros(one) == without_zeros(other)
}

/// An account without the `@` that may stand before it.
pub(super) fn account(name: &str) -> &str {
    name.strip_prefix('@').unwrap_or(name)
}
