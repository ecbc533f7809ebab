//! The metadata files of one KEP, read once.

use std::sync::Arc;

use crate::input::{Input, Role};
use crate::metadata::{Metadata, MetadataKind};
use crate::source::{FileId, Source};

/// The metadata files that belong to a document, or that are checked alone.
#[derive(Debug, Clone, Default)]
pub struct Companions {
    /// kep.yaml.
    pub metadata: Option<Arc<Metadata>>,
    /// The production readiness approval.
    pub approval: Option<Arc<Metadata>>,
    /// They are another project's, see [`Input::is_of_another_project`].
    pub of_another_project: bool,
}

impl Companions {
    /// Reads the metadata of an input: its companions, and its file itself if that is metadata.
    #[must_use]
    pub fn parse(input: &Input) -> Self {
        let find = |role: Role, kind: MetadataKind| {
            let own: Option<(FileId, &Source)> =
                (input.role() == Some(role)).then_some((FileId(0), &input.file));
            let (id, source) = own.or_else(|| input.companion(role))?;
            Some(Arc::new(Metadata::parse(source, id, kind)))
        };
        Self {
            metadata: find(Role::KepMetadata, MetadataKind::Kep),
            approval: find(Role::PrrApproval, MetadataKind::Approval),
            of_another_project: input.is_of_another_project(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.metadata.is_none() && self.approval.is_none()
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Metadata> {
        self.metadata.iter().chain(&self.approval).map(|file| &**file)
    }
}
