//! One session with one editor: what each message does.

use std::sync::Arc;

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response, ResponseError};
use lsp_types::{MessageType, PublishDiagnosticsParams, ShowMessageParams, Uri};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::actions::{self, Wanted};
use super::client::Client;
use super::desk::Desk;
use super::view::View;
use super::{Options, completion, diagnostics, hover, lens, symbols};
use crate::source::FileId;

/// Where a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// The editor has not said what it can do.
    Begun,
    /// At work.
    Running,
    /// Told to end soon.
    Ending,
    /// Told to end; whether it was told before that it would be.
    Ended(bool),
}

/// What an editor can ask about a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Feature {
    Symbols,
    Hover,
    Actions,
    Completion,
    Lens,
}

impl Feature {
    fn nothing(self) -> Value {
        if self == Self::Hover { Value::Null } else { Value::Array(Vec::new()) }
    }
}

/// What a request gives: its result or why there is none.
type Answer = Result<Value, ResponseError>;

/// A session.
pub(super) struct Session<'a> {
    connection: &'a Connection,
    options: &'a Options,
    phase: Phase,
    client: Client,
    desk: Desk,
}

impl<'a> Session<'a> {
    /// A session that begins.
    pub(super) fn new(connection: &'a Connection, options: &'a Options) -> Self {
        let client = Client::new(&Value::Null);
        Self { connection, options, phase: Phase::Begun, client, desk: Desk::new() }
    }

    /// Whether the editor told the server to end; then, whether in the order that the protocol demands.
    pub(super) fn ended(&self) -> Option<bool> {
        match self.phase {
            Phase::Ended(properly) => Some(properly),
            _ => None,
        }
    }

    /// The process that the session ends with.
    pub(super) fn process(&self) -> Option<u32> {
        self.client.process
    }

    /// Handles one message.
    pub(super) fn handle(&mut self, message: Message) {
        match message {
            Message::Request(Request { id, method, params }) => {
                let answer = self.request(&method, &params);
                self.respond(id, answer);
            }
            Message::Notification(Notification { method, params }) => self.notification(&method, params),
            // The server asks nothing.
            Message::Response(_) => {}
        }
    }

    /// Answers a request.
    pub(super) fn respond(&self, id: RequestId, answer: Answer) {
        self.send(Response { id, response_result: answer }.into());
    }

    /// Looks whether files on the disk changed that a check read.
    pub(super) fn look(&mut self) {
        if self.phase == Phase::Running {
            self.desk.look();
        }
    }

    /// Tells the findings of what changed.
    pub(super) fn flush(&mut self) {
        if self.phase != Phase::Running {
            return;
        }
        // one by one: a panic over one of them costs the others nothing
        while let Some(uri) = self.desk.next_stale() {
            let diagnostics = match self.desk.configuration(&uri) {
                Some(source) => {
                    let encoding = self.client.encoding;
                    diagnostics::of_configuration(&source, |source, span| encoding.range(source, span))
                }
                None => self.view(&uri).map(|(view, file)| diagnostics::all(&view, file)).unwrap_or_default(),
            };
            let version = self.desk.version(&uri);
            self.publish(Uri(uri), version, diagnostics);
        }
        for message in std::mem::take(&mut self.desk.troubles) {
            self.notify("window/showMessage", ShowMessageParams { kind: MessageType::Warning, message });
        }
    }

    fn request(&mut self, method: &str, parameters: &Value) -> Answer {
        match (self.phase, method) {
            (Phase::Begun, "initialize") => {
                self.client = Client::new(parameters);
                self.phase = Phase::Running;
                return value(self.client.offer());
            }
            (Phase::Begun, _) => return refuse(ErrorCode::ServerNotInitialized, "`initialize` comes first"),
            (Phase::Running, "initialize") => {
                return refuse(ErrorCode::InvalidRequest, "`initialize` comes once");
            }
            (Phase::Running, "shutdown") => {
                self.phase = Phase::Ending;
                return Ok(Value::Null);
            }
            (Phase::Running, _) => {}
            _ => return refuse(ErrorCode::InvalidRequest, "the server is ending"),
        }
        self.feature(method, parameters)
    }

    fn feature(&mut self, method: &str, parameters: &Value) -> Answer {
        let feature = match method {
            "textDocument/documentSymbol" => Feature::Symbols,
            "textDocument/hover" => Feature::Hover,
            "textDocument/codeAction" => Feature::Actions,
            "textDocument/completion" => Feature::Completion,
            "textDocument/codeLens" => Feature::Lens,
            #[cfg(test)]
            "gtr/panic" => panic!("a test wants to know what a bug does"),
            _ => return refuse(ErrorCode::MethodNotFound, &format!("`{method}` is not offered")),
        };
        let Some(uri) = parameters.pointer("/textDocument/uri").and_then(Value::as_str) else {
            return refuse(ErrorCode::InvalidParams, "`textDocument.uri` is not there");
        };
        // of what is no document there is nothing to say
        let Some((view, file)) = self.view(uri) else { return Ok(feature.nothing()) };
        let (source, encoding) = (view.source(file), self.client.encoding);
        match feature {
            Feature::Symbols if self.client.symbol_tree => value(symbols::tree(&view, file)),
            Feature::Symbols => value(symbols::flat(&view, file)),
            Feature::Lens => value(lens::all(&view, file)),
            Feature::Actions => {
                let range = encoding.span(source, parameter(parameters, "range")?);
                let wanted = Wanted::new(parameters.get("context").unwrap_or(&Value::Null));
                value(actions::at(&view, file, range, &wanted))
            }
            Feature::Hover | Feature::Completion => {
                let position = parameter(parameters, "position")?;
                let offset = encoding.offset(source.text(), source.lines(), position);
                match feature {
                    Feature::Hover => value(hover::at(&view, file, offset)),
                    _ => value(completion::at(&view, file, offset)),
                }
            }
        }
    }

    fn notification(&mut self, method: &str, parameters: Value) {
        if method == "exit" {
            self.phase = Phase::Ended(self.phase == Phase::Ending);
        }
        if self.phase != Phase::Running {
            return;
        }
        let uri = || parameters.pointer("/textDocument/uri").and_then(Value::as_str);
        let version = || {
            let said = parameters.pointer("/textDocument/version").and_then(Value::as_i64);
            said.and_then(|version| i32::try_from(version).ok())
        };
        match method {
            "textDocument/didOpen" => {
                let text = parameters.pointer("/textDocument/text").and_then(Value::as_str);
                if let (Some(uri), Some(text)) = (uri(), text) {
                    self.desk.open(Uri(uri.to_string()), version().unwrap_or_default(), text.to_string());
                }
            }
            "textDocument/didChange" => {
                let changes = parameters.get("contentChanges").cloned().map(serde_json::from_value);
                if let (Some(uri), Some(Ok(changes))) = (uri(), changes) {
                    let version = version().or_else(|| self.desk.version(uri)).unwrap_or_default();
                    self.desk.change(uri, version, changes, &self.client);
                }
            }
            "textDocument/didClose" => {
                if let Some(uri) = uri()
                    && self.desk.close(uri)
                {
                    self.publish(Uri(uri.to_string()), None, Vec::new());
                }
            }
            "textDocument/didSave"
            | "workspace/didChangeConfiguration"
            | "workspace/didChangeWatchedFiles"
            | "workspace/didChangeWorkspaceFolders" => self.desk.disturbed(),
            _ => {}
        }
    }

    fn view(&mut self, uri: &str) -> Option<(Arc<View>, FileId)> {
        self.desk.view(uri, &self.client, self.options)
    }

    fn publish(&self, uri: Uri, version: Option<i32>, diagnostics: Vec<lsp_types::Diagnostic>) {
        self.notify(
            "textDocument/publishDiagnostics",
            PublishDiagnosticsParams { uri, version, diagnostics },
        );
    }

    fn notify(&self, method: &str, parameters: impl Serialize) {
        self.send(Notification::new(method.to_string(), parameters).into());
    }

    fn send(&self, message: Message) {
        // When the editor is gone the loop ends by itself.
        let _ = self.connection.sender.send(message);
    }
}

/// An error as answer.
pub(super) fn refuse<T>(code: ErrorCode, message: &str) -> Result<T, ResponseError> {
    Err(ResponseError { code: code as i32, message: message.to_string(), data: None })
}

/// A part of a request.
fn parameter<T: DeserializeOwned>(parameters: &Value, name: &str) -> Result<T, ResponseError> {
    let part = parameters.get(name).cloned().unwrap_or_default();
    serde_json::from_value(part)
        .or_else(|error| refuse(ErrorCode::InvalidParams, &format!("`{name}`: {error}")))
}

fn value(result: impl Serialize) -> Answer {
    serde_json::to_value(result).or_else(|error| refuse(ErrorCode::InternalError, &error.to_string()))
}
