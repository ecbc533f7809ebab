//! What a code host takes of a SARIF file, and how a run is brought below it.
//!
//! GitHub refuses a file whose run has more than 25,000 results, whose result has more than 1,000 locations, or
//! that gzip cannot bring below 10 MB. Left out first is what is silenced, then what the baseline has, then notes,
//! warnings, errors; of equals the last. Nothing is left out without being said.

use std::io;

use super::results::SarifResult;

/// Results of one run.
pub(super) const RESULTS: usize = 25_000;
/// Locations of one result.
pub(super) const LOCATIONS: usize = 1_000;
/// Bytes of the results when compressed; the rest of the 10 MB is for the rules and for doubt.
pub(super) const COMPRESSED: usize = 9_000_000;

/// How much was left out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cut {
    /// Because there were too many results.
    results: usize,
    /// Because the file would have been too large.
    size: usize,
    /// Related places of results that are there.
    locations: usize,
}

impl Cut {
    /// One sentence a limit that was met.
    pub(super) fn said(&self) -> Vec<String> {
        let all = [
            (self.results, "results were left out, because code hosts take 25,000 of a run"),
            (self.size, "results were left out, because code hosts take files of 10 MB when compressed"),
            (
                self.locations,
                "related places were left out, because code hosts take 1,000 locations of a result",
            ),
        ];
        all.iter().filter(|(count, _)| *count > 0).map(|(count, why)| format!("{count} {why}.")).collect()
    }
}

/// Leaves out what is too much. Of what stays the order is kept.
pub(super) fn keep(results: &mut Vec<SarifResult>, most: usize, bytes: usize) -> io::Result<Cut> {
    let mut cut = Cut::default();
    if results.len() > most {
        cut.results = results.len() - most;
        first(results, most);
    }
    // less than the limit without compression is less with it
    if size(results)? > bytes {
        let mut order: Vec<usize> = (0..results.len()).collect();
        order.sort_by_key(|at| results[*at].rank());
        let mut estimate = Estimate::default();
        let mut fits = 0;
        for at in order {
            estimate.add(&serde_json::to_vec(&results[at])?);
            if estimate.bytes() > bytes {
                break;
            }
            fits += 1;
        }
        cut.size = results.len() - fits;
        first(results, fits);
    }
    cut.locations = results.iter().map(|result| result.cut).sum();
    Ok(cut)
}

/// Keeps the most important results.
fn first(results: &mut Vec<SarifResult>, most: usize) {
    let mut order: Vec<usize> = (0..results.len()).collect();
    order.sort_by_key(|at| results[*at].rank());
    let mut kept = vec![false; results.len()];
    order.iter().take(most).for_each(|at| kept[*at] = true);
    let mut at = 0;
    results.retain(|_| {
        at += 1;
        kept[at - 1]
    });
}

/// Counts bytes instead of keeping them.
struct Counter(usize);

impl io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn size(results: &[SarifResult]) -> io::Result<usize> {
    let mut counter = Counter(0);
    serde_json::to_writer(&mut counter, results)?;
    Ok(counter.0)
}

/// Bytes that tell one place of a text from another.
const GRAM: usize = 8;
/// Bytes that gzip looks back.
const WINDOW: usize = 32_768;
/// Longest copy, in bytes.
const COPY: usize = 258;

/// At most what gzip makes of a text: every stretch that stood in the window before counts as a copy of four
/// bytes, every other byte as itself and an eighth. gzip finds copies that this does not, and packs both better.
#[derive(Default)]
struct Estimate {
    seen: std::collections::HashMap<[u8; GRAM], usize>,
    tail: Vec<u8>,
    before: usize,
    copies: usize,
    literals: usize,
}

impl Estimate {
    fn bytes(&self) -> usize {
        self.copies * 4 + self.literals + self.literals / 8
    }

    fn add(&mut self, text: &[u8]) {
        // the window's end, so that a text that says what the one before it said costs little
        let start = self.tail.len();
        self.tail.extend_from_slice(text);
        let bytes = std::mem::take(&mut self.tail);
        let mut at = start;
        while at < bytes.len() {
            let length = self.known(&bytes, at);
            let step = length.max(1);
            if length == 0 {
                self.literals += 1
            } else {
                self.copies += 1
            }
            for place in at..at + step {
                if let Some(gram) = bytes.get(place..place + GRAM).and_then(|gram| gram.try_into().ok()) {
                    self.seen.insert(gram, self.before + place);
                }
            }
            at += step;
        }
        let drop = bytes.len().saturating_sub(WINDOW);
        self.before += drop;
        self.tail = bytes[drop..].to_vec();
        if self.seen.len() > 8 * WINDOW {
            let oldest = self.before;
            self.seen.retain(|_, place| *place >= oldest);
        }
    }

    /// How many bytes at a place stood in the window before; 0 of fewer than a gram.
    fn known(&self, bytes: &[u8], at: usize) -> usize {
        let gram = bytes.get(at..at + GRAM).and_then(|gram| <[u8; GRAM]>::try_from(gram).ok());
        let Some(place) = gram.and_then(|gram| self.seen.get(&gram)) else { return 0 };
        let Some(from) = place.checked_sub(self.before).filter(|from| at - from <= WINDOW) else { return 0 };
        let same = bytes[at..].iter().zip(&bytes[from..]).take(COPY).take_while(|(one, other)| one == other);
        same.count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_text_costs_little_and_other_text_its_length() {
        let mut same = Estimate::default();
        (0..1_000).for_each(|_| same.add(b"{\"ruleId\":\"missing-question\",\"level\":\"error\"}"));
        assert!(same.bytes() < 5_000, "{}", same.bytes());
        let mut other = Estimate::default();
        let mut state = 1u64;
        for _ in 0..1_000 {
            let word: Vec<u8> = (0..40)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (state >> 56) as u8
                })
                .collect();
            other.add(&word);
        }
        assert!((40_000..50_000).contains(&other.bytes()), "{}", other.bytes());
    }

    #[test]
    fn limits_that_were_not_met_are_not_mentioned() {
        assert!(Cut::default().said().is_empty());
        assert_eq!(Cut { results: 3, ..Cut::default() }.said().len(), 1);
    }
}
