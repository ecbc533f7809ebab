//! The language server: findings, outline, explanations, fixes and completion in an editor.
//!
//! One thread takes one message after the other and answers it; what a keystroke makes necessary is done before the
//! next one. All reading goes through `discover`, open documents first. Before it works, the server looks
//! at all messages that have come: what was cancelled is not done, and findings are told after the last change only.
//! A panic answers its request with an error; the session goes on.
//!
//! | module | what it has |
//! |---|---|
//! | `transport` | messages over standard input and output |
//! | `session` | what each message does |
//! | `client` | what was negotiated |
//! | `desk` | open documents and their checks |
//! | `view` | one check as the features see it |
//! | `surroundings` | configuration and templates of a document |
//! | `position`, `uri`, `text`, `overlay` | the protocol's places, names and changes; files as the editor has them |
//! | `diagnostics`, `symbols`, `hover`, `actions`, `completion`, `lens` | one feature each |
//! | `items` | items of the template as an editor names them |

mod actions;
mod client;
mod completion;
mod desk;
mod diagnostics;
mod hover;
mod items;
mod lens;
mod overlay;
mod position;
mod session;
mod surroundings;
mod symbols;
mod text;
mod transport;
mod uri;
mod view;

use std::collections::{HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Duration;

use lsp_server::{Connection, ErrorCode, Message, RequestId};

use crate::discover;
use crate::template::Date;
use session::{Session, refuse};

/// How often the server looks whether the editor is still there, and whether the files are what they were.
const LOOK: Duration = Duration::from_secs(2);

/// What a session is told from outside.
pub struct Options {
    /// Today's date; asked for at each check.
    pub today: Box<dyn Fn() -> Option<Date>>,
}

/// Serves the editor at the other end of the standard streams until it ends; whether it said so properly.
#[must_use]
pub fn serve(options: &Options) -> bool {
    let (connection, writer) = transport::stdio();
    let properly = run(&connection, options);
    drop(connection);
    // It only panics with a broken stream, and then there is nobody to tell.
    let _ = writer.join();
    properly
}

/// Serves the editor at the other end of a connection until it ends; whether it said so properly.
#[must_use]
pub fn run(connection: &Connection, options: &Options) -> bool {
    let mut session = Session::new(connection, options);
    let mut waiting: VecDeque<Message> = VecDeque::new();
    let parent = parent();
    let mut editor = None;
    loop {
        waiting.extend(connection.receiver.try_iter());
        if waiting.is_empty() {
            guard(|| session.flush());
            match connection.receiver.recv_timeout(LOOK) {
                Ok(message) => waiting.push_back(message),
                Err(error) if error.is_timeout() => {
                    if editor.is_some_and(|process| !is_alive(process, parent)) {
                        return false;
                    }
                    guard(|| session.look());
                }
                Err(_) => return false,
            }
            continue;
        }
        for id in cancelled(&mut waiting) {
            session.respond(id, refuse(ErrorCode::RequestCanceled, "cancelled"));
        }
        let Some(message) = waiting.pop_front() else { continue };
        let request = match &message {
            Message::Request(request) => Some(request.id.clone()),
            _ => None,
        };
        if guard(|| session.handle(message)).is_none()
            && let Some(id) = request
        {
            session.respond(id, refuse(ErrorCode::InternalError, "a bug in gtr; standard error has more"));
        }
        // A number that means nothing here (the editor is in another container) is no reason to end.
        if editor.is_none() {
            editor = session.process().filter(|process| is_alive(*process, parent));
        }
        if let Some(properly) = session.ended() {
            return properly;
        }
    }
}

/// Runs something that may panic; `None` when it did. What it leaves half done is checked again at the next change.
fn guard(work: impl FnOnce()) -> Option<()> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// Takes the requests out that are cancelled before anybody looked at them, and gives their ids.
fn cancelled(waiting: &mut VecDeque<Message>) -> Vec<RequestId> {
    let mut ids = HashSet::new();
    for message in &*waiting {
        if let Message::Notification(one) = message
            && one.method == "$/cancelRequest"
            && let Some(id) = one.params.get("id")
        {
            ids.extend(serde_json::from_value::<RequestId>(id.clone()).ok());
        }
    }
    let mut taken = Vec::new();
    if !ids.is_empty() {
        waiting.retain(|message| match message {
            Message::Request(request) if ids.contains(&request.id) => {
                taken.push(request.id.clone());
                false
            }
            Message::Notification(one) => one.method != "$/cancelRequest",
            _ => true,
        });
    }
    taken
}

/// Whether the editor still runs. A pipe that somebody else holds open does not end with it.
fn is_alive(process: u32, parent: Option<u32>) -> bool {
    let processes = Path::new("/proc");
    if discover::is_directory(&processes.join("self")) {
        return discover::is_directory(&processes.join(process.to_string()));
    }
    // Elsewhere: whoever started this process gives it another parent by ending.
    parent != Some(process) || self::parent() == parent
}

#[cfg(unix)]
fn parent() -> Option<u32> {
    Some(std::os::unix::process::parent_id())
}

#[cfg(not(unix))]
fn parent() -> Option<u32> {
    None
}

#[cfg(test)]
mod tests;
