//! JSON with a line for every value, indented by two spaces: as `serde_json` writes it, with a line's end and
//! indentation written at once.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// A comma, a line end, and more spaces than any of our formats needs.
const LINE: &[u8; 42] = b",\n                                        ";

/// How deep it is, and whether the innermost list or object has anything.
#[derive(Default)]
pub(super) struct Indented {
    depth: usize,
    has_value: bool,
    /// A key is being written; the quote behind it goes with the colon.
    is_key: bool,
}

impl Indented {
    /// A line's end and the indentation of the next one, behind a comma unless it is the `first`.
    fn line<W: ?Sized + Write>(&self, out: &mut W, first: bool) -> io::Result<()> {
        let end = 2 + 2 * self.depth;
        out.write_all(&LINE[usize::from(first)..LINE.len().min(end)])?;
        (LINE.len()..end).try_for_each(|_| out.write_all(b" "))
    }

    fn begin<W: ?Sized + Write>(&mut self, out: &mut W, sign: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.has_value = false;
        out.write_all(sign)
    }

    fn end<W: ?Sized + Write>(&mut self, out: &mut W, sign: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.has_value {
            self.line(out, true)?;
        }
        out.write_all(sign)
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.line(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.is_key = true;
        self.line(out, first)
    }

    fn end_string<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        if self.is_key { Ok(()) } else { out.write_all(b"\"") }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.is_key = false;
        out.write_all(b"\": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;

    #[test]
    fn it_is_what_serde_json_writes() {
        let mut value = serde_json::json!({"a": [], "b": {}, "c": [1, {"d": "e\n", "f": [null, [true]]}]});
        for _ in 0..25 {
            value = serde_json::json!([value]);
            let mut out = Vec::new();
            let mut serializer = serde_json::Serializer::with_formatter(&mut out, Indented::default());
            value.serialize(&mut serializer).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string_pretty(&value).unwrap());
        }
    }
}
