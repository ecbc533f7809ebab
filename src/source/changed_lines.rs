//! Which lines of a file a change touched.

use super::Span;

/// What one hunk of a change left behind, in lines that end with LF as git counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hunk {
    /// The first line, from 1; of a mere deletion the line before it, 0 at the top.
    pub first: u32,
    /// How many lines are new or other than before; none where lines were only taken away.
    pub count: u32,
}

/// The lines of a file, as it is now, that a change touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangedLines {
    /// All: the file is new, or what it was is not known.
    All,
    /// Some, in order.
    Some(Vec<Hunk>),
}

impl ChangedLines {
    /// The bytes of these lines, line ends included, in order; an empty span where lines were taken away.
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<Span> {
        let end = text.len() as u32;
        let hunks = match self {
            Self::All => return vec![Span::new(0, end)],
            Self::Some(hunks) if hunks.is_empty() => return Vec::new(),
            Self::Some(hunks) => hunks,
        };
        let after = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1);
        let starts: Vec<u32> = std::iter::once(0).chain(after).collect();
        let start = |line: u32| starts.get(line as usize).copied().unwrap_or(end);
        let place = |hunk: &Hunk| match hunk.count {
            0 => Span::new(start(hunk.first), start(hunk.first)),
            count => {
                let first = hunk.first.saturating_sub(1);
                Span::new(start(first), start(first.saturating_add(count)))
            }
        };
        hunks.iter().map(place).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_bytes_and_deletions_points() {
        let text = "one\r\ntwo\rstill two\nthree";
        let places = |first, count| ChangedLines::Some(vec![Hunk { first, count }]).places(text)[0];
        assert_eq!(places(1, 1), Span::new(0, 5));
        assert_eq!(&text[places(2, 1).range()], "two\rstill two\n");
        assert_eq!(places(2, 2).end as usize, text.len());
        assert_eq!(places(0, 0), Span::new(0, 0));
        assert_eq!(places(1, 0), Span::new(5, 5));
        assert_eq!(places(3, 0).start as usize, text.len());
        // a file that was written to since the change was read
        assert_eq!(places(u32::MAX, u32::MAX).start as usize, text.len());
        assert!(ChangedLines::Some(Vec::new()).places(text).is_empty());
        assert_eq!(ChangedLines::All.places(text), [Span::new(0, text.len() as u32)]);
    }
}
