use super::*;
use crate::report::testing::{findings, review_file, sample, written};

/// SHA-256 of a text in base64.
fn hash(text: &str) -> String {
    use sha2::Digest;
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = sha2::Sha256::digest(text.as_bytes());
    let mut out = String::new();
    for three in digest.chunks(3) {
        let bits =
            three.iter().chain([0, 0].iter()).take(3).fold(0u32, |bits, byte| bits << 8 | u32::from(*byte));
        for at in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * at) & 63) as usize];
            out.push(if at > three.len() { '=' } else { char::from(digit) });
        }
    }
    out
}

#[test]
fn the_policy_names_the_style_sheet() {
    assert_eq!(STYLE_HASH, hash(STYLE), "the style sheet changed: this is its new hash");
    assert!(
        !STYLE.contains("</")
            && !STYLE.contains("http")
            && !STYLE.contains("@import")
            && !STYLE.contains("url(")
    );
}

fn page(review: &Review, options: &Options) -> String {
    let found = findings();
    written(|out| write(&[review_file(review, &found)], options, out))
}

#[test]
fn a_page_is_well_formed_and_its_links_lead_somewhere() {
    let review = sample();
    let options = Options { link_base: Some("https://example.org/x".into()), ..Options::default() };
    let found = findings();
    let file = review_file(&review, &found);
    for files in [vec![file.clone()], vec![file.clone(), file], vec![]] {
        let html = written(|out| write(&files, &options, out));
        let mut xml = html.replacen("<!DOCTYPE html>", "", 1).replace("<br>", "").replace(" checked>", ">");
        for void in ["<meta [^>]*", "<input [^>]*"] {
            let pattern = regex::Regex::new(&format!("({void})>")).expect("a valid pattern");
            xml = pattern.replace_all(&xml, "$1/>").into_owned();
        }
        let page = roxmltree::Document::parse(&xml).expect("it is well-formed");
        let ids: Vec<&str> = page.descendants().filter_map(|node| node.attribute("id")).collect();
        let mut unique = ids.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), ids.len(), "every anchor is there once");
        for target in page.descendants().filter_map(|node| node.attribute("href")) {
            let known = match target.strip_prefix('#') {
                Some(id) => ids.contains(&id) || files.is_empty(),
                None => target.starts_with("https://example.org"),
            };
            assert!(known, "{target}");
        }
        assert!(!html.contains("<script") && !html.contains(" style=") && !html.contains("<img"));
    }
}

#[test]
fn states_lines_and_findings_are_there() {
    let review = sample();
    let html = page(&review, &Options::default());
    for part in [
        "3 of 7 required questions answered (43 %)",
        "aria-label=\"1 answered, 1 N/A with a reason, 1 weak, 4 open\"",
        "<dt>Project</dt><dd>Widget</dd>",
        "Required at incubation and open (4)",
        "open: still to be written",
        "See <a href=\"https://example.org\" rel=\"nofollow noopener noreferrer\">the roadmap</a>.",
        "<strong>warning</strong> a marker of open work stands beside an answer",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("?plain=1"), "no link without a base");
}
