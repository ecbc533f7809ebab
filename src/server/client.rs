//! What the editor says of itself, and what the server offers it.

use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeLensOptions, CompletionOptions, InitializeResult,
    PositionEncodingKind, SaveOptions, ServerCapabilities, ServerInfo, TextDocumentSyncKind,
    TextDocumentSyncOptions,
};
use serde_json::Value;

use super::position::Encoding;

/// The kind of the action that makes every safe fix of a document.
pub(super) const FIX_ALL: &str = "source.fixAll.gtr";

/// What the editor can do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Client {
    /// How it counts characters.
    pub(super) encoding: Encoding,
    /// It takes symbols as a tree.
    pub(super) symbol_tree: bool,
    /// It shows other places of a finding.
    pub(super) related: bool,
    /// It takes edits of a certain version of a document.
    pub(super) versioned_edits: bool,
    /// It takes actions as such; without it only commands, of which there are none.
    pub(super) actions: bool,
    /// It shows markdown when the pointer rests.
    pub(super) markdown: bool,
    /// The process to end with.
    pub(super) process: Option<u32>,
}

impl Client {
    /// Reads the parameters of `initialize`. What is not there or makes no sense counts as not said: a whole session
    /// does not fail over a capability.
    pub(super) fn new(parameters: &Value) -> Self {
        let said = |pointer: &str| parameters.pointer(&format!("/capabilities/{pointer}"));
        let can = |pointer: &str| said(pointer).and_then(Value::as_bool).unwrap_or(false);
        let has = |pointer: &str, word: &str| {
            said(pointer).and_then(Value::as_array).is_some_and(|list| list.iter().any(|one| one == word))
        };
        Self {
            encoding: if has("general/positionEncodings", "utf-8") {
                Encoding::Utf8
            } else {
                Encoding::Utf16
            },
            symbol_tree: can("textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            related: can("textDocument/publishDiagnostics/relatedInformation"),
            versioned_edits: can("workspace/workspaceEdit/documentChanges"),
            actions: said("textDocument/codeAction/codeActionLiteralSupport").is_some_and(Value::is_object),
            markdown: has("textDocument/hover/contentFormat", "markdown"),
            process: parameters.get("processId").and_then(Value::as_u64).and_then(|id| id.try_into().ok()),
        }
    }

    /// The answer to `initialize`.
    pub(super) fn offer(&self) -> InitializeResult {
        let encoding = match self.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        };
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Incremental),
            save: Some(SaveOptions { include_text: Some(false) }.into()),
            ..TextDocumentSyncOptions::default()
        };
        let actions = CodeActionOptions {
            code_action_kinds: Some(vec![
                CodeActionKind::QuickFix,
                CodeActionKind::from(FIX_ALL.to_string()),
            ]),
            ..CodeActionOptions::default()
        };
        let trigger = ["#", "*", "-", "+", ":"].map(str::to_string);
        let completion =
            CompletionOptions { trigger_characters: Some(trigger.to_vec()), ..CompletionOptions::default() };
        let version = env!("CARGO_PKG_VERSION").to_string();
        InitializeResult {
            capabilities: ServerCapabilities {
                position_encoding: Some(encoding),
                text_document_sync: Some(sync.into()),
                document_symbol_provider: Some(true.into()),
                hover_provider: Some(true.into()),
                code_action_provider: self.actions.then(|| actions.into()),
                completion_provider: Some(completion),
                code_lens_provider: Some(CodeLensOptions::default()),
                ..ServerCapabilities::default()
            },
            server_info: Some(ServerInfo { name: "gtr".to_string(), version: Some(version) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn utf_8_is_taken_where_it_is_offered() {
        let with = |list: Value| {
            let parameters = json!({ "capabilities": { "general": { "positionEncodings": list } } });
            Client::new(&parameters).encoding
        };
        assert_eq!(with(json!(["utf-16", "utf-8"])), Encoding::Utf8);
        assert_eq!(with(json!(["utf-16", "utf-32"])), Encoding::Utf16);
        assert_eq!(with(json!("utf-8")), Encoding::Utf16);
    }

    #[test]
    fn parameters_that_make_no_sense_count_as_not_said() {
        for parameters in [Value::Null, json!(3), json!({ "capabilities": [], "processId": "x" })] {
            let client = Client::new(&parameters);
            assert!(!client.actions && client.process.is_none() && client.encoding == Encoding::Utf16);
        }
    }
}
