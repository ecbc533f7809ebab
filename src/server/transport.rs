//! Messages over standard input and output. Queues between the streams and the server are unlimited, so that the
//! server sees what else has come (cancellations, newer changes) before it starts to work.

use std::io::{self, BufRead, BufWriter, Read, Write};
use std::thread::{self, JoinHandle};

use lsp_server::{Connection, Message};

/// Longest message that is read, in bytes: the largest file that is read, escaped.
const LONGEST: usize = 256 << 20;

/// Connects the server with this process's standard streams. The handle ends when everything is written.
pub(super) fn stdio() -> (Connection, JoinHandle<()>) {
    let (server, client) = Connection::memory();
    let Connection { sender, receiver } = client;
    // Ends with the process: a read cannot be interrupted.
    thread::spawn(move || {
        let mut stream = io::stdin().lock();
        loop {
            match read(&mut stream) {
                Ok(Some(message)) => {
                    if sender.send(message).is_err() {
                        break;
                    }
                }
                Ok(None) => break,
                Err(Trouble::Body(reason)) => log(&format!("a message that is none was left out: {reason}")),
                Err(Trouble::Stream(error)) => {
                    log(&format!("standard input ends: {error}"));
                    break;
                }
            }
        }
    });
    let writer = thread::spawn(move || {
        let mut stream = BufWriter::new(io::stdout().lock());
        for message in receiver {
            if message.write(&mut stream).and_then(|()| stream.flush()).is_err() {
                break;
            }
        }
    });
    (server, writer)
}

/// A line for whoever looks into the matter; editors keep it in a log.
pub(super) fn log(text: &str) {
    // Nothing is left to do when standard error is gone.
    let _ = writeln!(io::stderr(), "gtr lsp: {text}");
}

/// Why no message came.
#[derive(Debug)]
enum Trouble {
    /// What came is no message; the next one can still be read.
    Body(String),
    /// Where the next message begins is unknown.
    Stream(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

/// The next message; `None` at the end of the stream.
fn read(stream: &mut dyn BufRead) -> Result<Option<Message>, Trouble> {
    let Some(length) = header(stream)? else { return Ok(None) };
    if length > LONGEST {
        let skipped = io::copy(&mut stream.take(length as u64), &mut io::sink())?;
        return Err(Trouble::Body(format!("{skipped} bytes are too many")));
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    serde_json::from_slice(&body).map(Some).map_err(|error| Trouble::Body(error.to_string()))
}

/// The length that the header lines of a message give; `None` at the end of the stream.
fn header(stream: &mut dyn BufRead) -> io::Result<Option<usize>> {
    let mut length = None;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim();
        if line.is_empty() {
            match length {
                Some(length) => return Ok(Some(length)),
                // blank lines between messages
                None => continue,
            }
        }
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            let bad = |error| io::Error::new(io::ErrorKind::InvalidData, error);
            length = Some(value.trim().parse().map_err(bad)?);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_messages_are_left_out_and_the_next_is_read() {
        let good = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        let text =
            format!("Content-Length: 3\r\n\r\n{{]}}content-length:{}\nContent-Type: x\n\n{good}", good.len());
        let mut stream = text.as_bytes();
        assert!(matches!(read(&mut stream), Err(Trouble::Body(_))));
        let Ok(Some(Message::Notification(exit))) = read(&mut stream) else { panic!("no message") };
        assert_eq!(exit.method, "exit");
        assert!(matches!(read(&mut stream), Ok(None)));
        assert!(matches!(read(&mut &b"Content-Length: x\r\n\r\n"[..]), Err(Trouble::Stream(_))));
        assert!(matches!(read(&mut &b"Content-Length: 9\r\n\r\n{}"[..]), Err(Trouble::Stream(_))));
    }
}
