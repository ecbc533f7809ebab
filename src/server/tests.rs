//! Whole sessions in this process, over a connection in memory.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use lsp_server::{Connection, Message, Notification, Request, RequestId};
use serde_json::{Value, json};

use super::{Options, run};
use crate::template::Date;

/// An editor and the server it talks to.
struct Editor {
    connection: Connection,
    server: Option<JoinHandle<bool>>,
    next: i32,
    /// Notifications and requests of the server that nobody asked for yet.
    heard: Vec<Value>,
}

const REVIEW: &str = "# General Technical Review - Sample / Incubation\n\n- **Project:** Sample\n\n## Day 0 - Planning Phase\n\n### Scope\n\n* Describe the project's vision and goals.\n  * One place for all samples.\n* Describe the target persona or user(s) for the project?\n\n### Usability\n\n* How should the target personas interact with your project?\n  * N/A\n";

impl Editor {
    fn new(capabilities: Value) -> Self {
        let mut editor = Self::silent();
        let answer = editor.ask("initialize", json!({ "processId": null, "capabilities": capabilities }));
        assert_eq!(answer["serverInfo"]["name"], "gtr");
        editor.say("initialized", json!({}));
        editor
    }

    /// An editor that has not introduced itself.
    fn silent() -> Self {
        let (server, connection) = Connection::memory();
        let server =
            thread::spawn(move || run(&server, &Options { today: Box::new(|| Date::new(2026, 11, 21)) }));
        Self { connection, server: Some(server), next: 0, heard: Vec::new() }
    }

    fn say(&self, method: &str, parameters: Value) {
        self.connection.sender.send(Notification::new(method.into(), parameters).into()).unwrap();
    }

    fn send(&mut self, method: &str, parameters: Value) -> RequestId {
        self.next += 1;
        let id = RequestId::from(self.next);
        self.connection.sender.send(Request::new(id.clone(), method.into(), parameters).into()).unwrap();
        id
    }

    fn receive(&self) -> Message {
        self.connection.receiver.recv_timeout(Duration::from_secs(30)).unwrap()
    }

    fn answer(&mut self, wanted: &RequestId) -> Result<Value, i32> {
        loop {
            match self.receive() {
                Message::Response(one) if one.id == *wanted => {
                    return one.response_result.map_err(|error| error.code);
                }
                Message::Response(other) => panic!("an answer to nothing: {other:?}"),
                other => self.heard.push(serde_json::to_value(other).unwrap()),
            }
        }
    }

    fn try_ask(&mut self, method: &str, parameters: Value) -> Result<Value, i32> {
        let id = self.send(method, parameters);
        self.answer(&id)
    }

    fn ask(&mut self, method: &str, parameters: Value) -> Value {
        self.try_ask(method, parameters).unwrap()
    }

    /// The parameters of the next notification with a method.
    fn hear(&mut self, method: &str) -> Value {
        loop {
            if let Some(at) = self.heard.iter().position(|one| one["method"] == method) {
                return self.heard.remove(at)["params"].clone();
            }
            let message = serde_json::to_value(self.receive()).unwrap();
            self.heard.push(message);
        }
    }

    fn open(&self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.say("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&self, uri: &str, version: i32, changes: Value) {
        let parameters =
            json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes });
        self.say("textDocument/didChange", parameters);
    }

    /// The rules of the next findings told, with their first lines.
    fn findings(&mut self, uri: &str) -> Vec<(String, u64)> {
        let told = self.hear("textDocument/publishDiagnostics");
        assert_eq!(told["uri"], uri);
        let one = |one: &Value| {
            (one["code"].as_str().unwrap().to_string(), one["range"]["start"]["line"].as_u64().unwrap())
        };
        told["diagnostics"].as_array().unwrap().iter().map(one).collect()
    }

    fn end(mut self) -> bool {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.say("exit", Value::Null);
        self.server.take().unwrap().join().unwrap()
    }
}

fn place(line: u32, character: u32) -> Value {
    json!({ "line": line, "character": character })
}

fn range(line: u32, from: u32, to: u32) -> Value {
    json!({ "start": place(line, from), "end": place(line, to) })
}

/// A directory of a test's own.
fn directory(name: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("gtr-server-{}-{name}-{number}", std::process::id()));
    std::fs::create_dir_all(path.join(".git")).unwrap();
    path.canonicalize().unwrap()
}

fn has(found: &[(String, u64)], rule: &str, line: u64) -> bool {
    found.contains(&(rule.to_string(), line))
}

const UNTITLED: &str = "untitled:Untitled-1";

#[test]
fn findings_follow_every_change() {
    let mut editor = Editor::new(json!({}));
    editor.open(UNTITLED, REVIEW);
    let found = editor.findings(UNTITLED);
    assert!(has(&found, "unanswered-question", 10), "{found:?}");
    assert!(has(&found, "bare-not-applicable", 15), "{found:?}");
    // an answer below the question, then the whole text
    editor.change(UNTITLED, 2, json!([{ "range": range(11, 0, 0), "text": "  * Everybody 😀.\n" }]));
    let found = editor.findings(UNTITLED);
    assert!(!has(&found, "unanswered-question", 10) && has(&found, "bare-not-applicable", 16), "{found:?}");
    editor.change(UNTITLED, 3, json!([{ "text": REVIEW }]));
    assert!(has(&editor.findings(UNTITLED), "unanswered-question", 10));
    // of an older version: nothing changes
    editor.change(UNTITLED, 2, json!([{ "text": "" }]));
    editor.say("textDocument/didSave", json!({ "textDocument": { "uri": UNTITLED } }));
    assert!(has(&editor.findings(UNTITLED), "unanswered-question", 10));
    editor.say("textDocument/didClose", json!({ "textDocument": { "uri": UNTITLED } }));
    assert!(editor.findings(UNTITLED).is_empty());
    assert!(editor.end());
}

#[test]
fn what_is_no_document_stays_silent() {
    let mut editor = Editor::new(json!({}));
    editor.open(UNTITLED, "# Notes\n\nTODO\n");
    assert!(editor.findings(UNTITLED).is_empty());
    let document = json!({ "uri": UNTITLED });
    for method in ["documentSymbol", "codeLens"] {
        assert_eq!(
            editor.ask(&format!("textDocument/{method}"), json!({ "textDocument": document })),
            json!([])
        );
    }
    let at = json!({ "textDocument": document, "position": place(0, 0) });
    assert_eq!(editor.ask("textDocument/hover", at.clone()), Value::Null);
    assert_eq!(editor.ask("textDocument/completion", at), json!([]));
    let unknown = json!({ "textDocument": { "uri": "file:///nowhere.md" }, "position": place(0, 0) });
    assert_eq!(editor.ask("textDocument/hover", unknown), Value::Null);
    assert!(editor.end());
}

#[test]
fn positions_are_counted_as_negotiated() {
    let text = REVIEW.replace("* N/A", "* 😀😀 Ä TODO: say more, N/A");
    for (offered, expected) in [(json!(["utf-8", "utf-16"]), 16), (json!(["utf-16"]), 11)] {
        let mut editor = Editor::new(json!({ "general": { "positionEncodings": offered } }));
        editor.open(UNTITLED, &text);
        let told = editor.hear("textDocument/publishDiagnostics");
        let found = told["diagnostics"].as_array().unwrap();
        let marker = found.iter().find(|one| one["code"] == "unresolved-marker").unwrap();
        assert_eq!(marker["range"]["start"], place(15, expected), "{marker}");
        assert!(editor.end());
    }
}

#[test]
fn odd_messages_are_answered_and_the_session_goes_on() {
    let mut editor = Editor::silent();
    assert_eq!(editor.try_ask("textDocument/hover", json!({})), Err(-32002), "before `initialize`");
    editor.say("textDocument/didOpen", json!({}));
    editor.ask("initialize", json!({ "capabilities": 3 }));
    assert_eq!(editor.try_ask("initialize", json!({})), Err(-32600), "twice");
    assert_eq!(editor.try_ask("textDocument/formatting", json!({})), Err(-32601));
    assert_eq!(editor.try_ask("$/unknown", Value::Null), Err(-32601));
    assert_eq!(editor.try_ask("textDocument/hover", json!([1])), Err(-32602));
    editor.say("$/setTrace", json!({ "value": "off" }));
    editor.say("textDocument/didChange", json!({ "contentChanges": 7 }));
    editor.say("textDocument/didOpen", json!({ "textDocument": { "uri": 5 } }));
    editor.say("textDocument/didClose", json!({ "textDocument": { "uri": UNTITLED } }));
    editor.open(UNTITLED, REVIEW);
    editor.change(
        UNTITLED,
        2,
        json!([{ "range": { "start": place(99, 9), "end": place(0, 99) }, "text": "\n" }]),
    );
    editor.change("file:///never-opened.md", 2, json!([{ "text": "x" }]));
    let position = json!({ "textDocument": { "uri": UNTITLED }, "position": "here" });
    assert_eq!(editor.try_ask("textDocument/hover", position), Err(-32602));
    assert_eq!(editor.try_ask("gtr/panic", Value::Null), Err(-32603), "a bug");
    editor.change(UNTITLED, 3, json!([{ "text": REVIEW }]));
    let symbols = editor.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": UNTITLED } }));
    assert!(symbols.as_array().is_some_and(|list| list.len() > 3), "still at work");
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
    assert_eq!(editor.try_ask("textDocument/hover", json!({})), Err(-32600), "after `shutdown`");
    editor.say("exit", Value::Null);
    assert!(editor.server.take().unwrap().join().unwrap());
}

#[test]
fn an_end_without_shutdown_is_no_proper_one() {
    let mut editor = Editor::new(json!({}));
    editor.say("exit", Value::Null);
    assert!(!editor.server.take().unwrap().join().unwrap());
    let Editor { connection, mut server, .. } = Editor::new(json!({}));
    drop(connection);
    assert!(!server.take().unwrap().join().unwrap());
}

#[test]
fn a_request_that_is_cancelled_while_it_waits_is_not_done() {
    // everything is there before the server looks
    let (server, client) = Connection::memory();
    let request = |id: i32, method: &str, parameters: Value| {
        client.sender.send(Request::new(id.into(), method.into(), parameters).into()).unwrap();
    };
    request(1, "initialize", json!({ "capabilities": {} }));
    request(2, "textDocument/hover", json!({}));
    request(3, "textDocument/hover", json!({}));
    client.sender.send(Notification::new("$/cancelRequest".into(), json!({ "id": 2 })).into()).unwrap();
    client.sender.send(Notification::new("exit".into(), Value::Null).into()).unwrap();
    assert!(!run(&server, &Options { today: Box::new(|| None) }));
    drop(server);
    let codes: Vec<_> = client
        .receiver
        .iter()
        .filter_map(|message| match message {
            Message::Response(one) => Some((one.id, one.response_result.err().map(|error| error.code))),
            _ => None,
        })
        .collect();
    assert_eq!(codes, [(2.into(), Some(-32800)), (1.into(), None), (3.into(), Some(-32602))]);
}

#[test]
fn a_configuration_counts_at_once_and_its_mistakes_are_said_once() {
    let root = directory("config");
    let review = root.join("review.md");
    std::fs::write(&review, REVIEW).unwrap();
    let uri = super::uri::from_path(&review);
    let config = super::uri::from_path(&root.join("gtr.yaml"));
    let mut editor = Editor::new(json!({}));
    editor.open(&uri, REVIEW);
    assert!(has(&editor.findings(&uri), "bare-not-applicable", 15));
    // on the disk
    std::fs::write(root.join("gtr.yaml"), "rules: {bare-not-applicable: off}\n").unwrap();
    editor.say("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": config, "type": 1 }] }));
    assert!(!has(&editor.findings(&uri), "bare-not-applicable", 15));
    // nobody tells
    std::fs::write(root.join("gtr.yaml"), "rules: {unanswered-question: off}\n").unwrap();
    let found = editor.findings(&uri);
    assert!(has(&found, "bare-not-applicable", 15) && !has(&found, "unanswered-question", 10), "{found:?}");
    // in the editor, unsaved; while it is wrong the last right one counts
    editor.open(&config, "rules:\n  bare-not-aplicable: off\n");
    let mut told =
        [editor.hear("textDocument/publishDiagnostics"), editor.hear("textDocument/publishDiagnostics")];
    told.sort_by_key(|one| one["uri"].to_string());
    assert_eq!(told[0]["diagnostics"][0]["range"]["start"], place(1, 2), "{}", told[0]);
    assert!(!told[1]["diagnostics"].to_string().contains("unanswered-question"));
    let said = editor.hear("window/showMessage")["message"].to_string();
    assert!(said.contains("unknown rule `bare-not-aplicable`"), "{said}");
    editor.change(&config, 2, json!([{ "text": "exclude: [review.md]\n" }]));
    for _ in 0..2 {
        let told = editor.hear("textDocument/publishDiagnostics");
        assert_eq!(told["diagnostics"], json!([]), "{told}");
    }
    editor.say("textDocument/didClose", json!({ "textDocument": { "uri": config } }));
    assert!(editor.findings(&config).is_empty());
    assert!(!editor.findings(&uri).is_empty());
    assert!(editor.end());
    std::fs::remove_dir_all(root).unwrap();
}

#[test]
fn the_files_of_a_kep_are_checked_together() {
    let root = directory("kep");
    std::fs::write(
        root.join("README.md"),
        "# KEP-1: Sample\n\n## Summary\n\nA sample.\n\n## Motivation\n\nNone.\n\n## Proposal\n\nOne.\n",
    )
    .unwrap();
    let metadata = "title: Other\nkep-number: 1\nstatus: implementabel\n";
    let uris = ["README.md", "kep.yaml"].map(|name| super::uri::from_path(&root.join(name)));
    let [readme, kep] = &uris;
    let mut editor = Editor::new(json!({}));
    editor.open(kep, metadata);
    let alone = editor.findings(kep);
    assert!(has(&alone, "kep-invalid-status", 2), "{alone:?}");
    editor.open(readme, &std::fs::read_to_string(root.join("README.md")).unwrap());
    let mut codes = |count: usize| {
        let told: Vec<Value> = (0..count).map(|_| editor.hear("textDocument/publishDiagnostics")).collect();
        told.iter().find(|one| one["uri"] == **kep).unwrap().to_string()
    };
    assert!(codes(2).contains("kep-invalid-status"));
    editor.change(kep, 2, json!([{ "range": range(2, 8, 21), "text": "provisional" }]));
    let mut codes = |count: usize| {
        let told: Vec<Value> = (0..count).map(|_| editor.hear("textDocument/publishDiagnostics")).collect();
        told.iter().find(|one| one["uri"] == **kep).unwrap().to_string()
    };
    assert!(!codes(2).contains("kep-invalid-status"));
    editor.change(kep, 3, json!([{ "text": "title: Sample\nstatus:\n" }]));
    let at = json!({ "textDocument": { "uri": kep }, "position": place(1, 7) });
    let values = editor.ask("textDocument/completion", at);
    assert_eq!(
        values[0]["textEdit"],
        json!({ "range": range(1, 7, 7), "newText": " provisional" }),
        "{values}"
    );
    assert!(editor.end());
    std::fs::remove_dir_all(root).unwrap();
}
