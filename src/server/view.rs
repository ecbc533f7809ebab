//! A checked document as the features see it: the input, what the check found, and the editor's names for its files.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use lsp_types::{
    DocumentChange, Edit as AnyEdit, OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit,
    TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};

use super::client::Client;
use crate::Checked;
use crate::diagnostic::Edit;
use crate::input::Input;
use crate::review::{Review, Templates};
use crate::settings::Settings;
use crate::source::{FileId, Source, Span};

/// One file of a view.
#[derive(Debug, Clone)]
pub(super) struct ViewFile {
    /// Where it lies, if it lies anywhere.
    pub(super) path: Option<PathBuf>,
    /// Its address, as the editor writes it where it is open.
    pub(super) uri: Uri,
    /// The editor's version of it, where it is open.
    pub(super) version: Option<i32>,
}

/// The last check of a document and of the files that belong to it.
pub(super) struct View {
    /// What was checked.
    pub(super) input: Input,
    /// With which settings.
    pub(super) settings: Settings,
    /// Against which templates.
    pub(super) templates: Arc<Templates>,
    /// What was found.
    pub(super) checked: Checked,
    /// One entry a file of the input.
    pub(super) files: Vec<ViewFile>,
    /// Who will read it.
    pub(super) client: Client,
}

impl View {
    /// The bound review, where the document has one and `file` is the document itself.
    pub(super) fn review(&self, file: FileId) -> Option<&Review> {
        self.checked.review.as_ref().filter(|_| file == FileId(0))
    }

    /// The text of a file.
    pub(super) fn source(&self, file: FileId) -> &Source {
        self.input.source(file).unwrap_or(&self.input.file)
    }

    /// A span of a file as the editor counts.
    pub(super) fn range(&self, file: FileId, span: Span) -> Range {
        self.client.encoding.range(self.source(file), span)
    }

    /// The address of a file.
    pub(super) fn uri(&self, file: FileId) -> Option<&Uri> {
        self.files.get(file.0 as usize).map(|file| &file.uri)
    }

    /// Edits as the editor takes them: of this version of the documents and no other, where it can tell.
    pub(super) fn edit(&self, edits: &[Edit]) -> WorkspaceEdit {
        let mut by_file: Vec<(FileId, Vec<TextEdit>)> = Vec::new();
        for edit in edits {
            let one = TextEdit { range: self.range(edit.file, edit.span), new_text: edit.text.clone() };
            match by_file.iter_mut().find(|(file, _)| *file == edit.file) {
                Some((_, list)) => list.push(one),
                None => by_file.push((edit.file, vec![one])),
            }
        }
        let named =
            by_file.into_iter().filter_map(|(file, list)| Some((self.files.get(file.0 as usize)?, list)));
        if self.client.versioned_edits {
            let change = |(file, list): (&ViewFile, Vec<TextEdit>)| {
                DocumentChange::TextDocumentEdit(TextDocumentEdit {
                    text_document: OptionalVersionedTextDocumentIdentifier {
                        version: file.version,
                        text_document_identifier: TextDocumentIdentifier { uri: file.uri.clone() },
                    },
                    edits: list.into_iter().map(AnyEdit::TextEdit).collect(),
                })
            };
            return WorkspaceEdit {
                document_changes: Some(named.map(change).collect()),
                ..Default::default()
            };
        }
        let changes: HashMap<Uri, Vec<TextEdit>> =
            named.map(|(file, list)| (file.uri.clone(), list)).collect();
        WorkspaceEdit { changes: Some(changes), ..Default::default() }
    }
}
