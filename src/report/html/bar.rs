//! Bars as inline SVG.

use super::super::picture::{Shares, Standing};

/// Units of a bar's length.
const LENGTH: usize = 100;

/// The class of a standing in the style sheet.
pub(super) fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Answered => "answered",
        Standing::Reason => "reason",
        Standing::Weak => "weak",
        Standing::Open => "open",
    }
}

/// A bar, with its figures as the words that a screen reader says.
pub(super) fn bar(shares: &Shares) -> String {
    let words = shares.words();
    let mut out = format!(
        "<svg class=\"bar\" viewBox=\"0 0 {LENGTH} 8\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{words}\"><title>{words}</title>"
    );
    let mut at = 0;
    for (standing, cells) in Standing::ALL.iter().zip(shares.cells(LENGTH)) {
        if cells > 0 {
            let (class, width) =
                (class(*standing), cells as f32 - if at + cells < LENGTH { 0.6 } else { 0.0 });
            out.push_str(&format!(
                "<rect class=\"{class}\" x=\"{at}\" y=\"0\" width=\"{width}\" height=\"8\"/>"
            ));
        }
        at += cells;
    }
    out.push_str("</svg>");
    out
}

/// What the colours mean, with the figures of all of it.
pub(super) fn legend(shares: &Shares) -> String {
    let mut out = String::from("<ul class=\"legend\">");
    for standing in Standing::ALL {
        out.push_str(&format!(
            "<li><svg viewBox=\"0 0 8 8\" aria-hidden=\"true\"><rect class=\"{}\" width=\"8\" height=\"8\"/></svg>{} {}</li>",
            class(standing),
            shares.of(standing),
            standing.words()
        ));
    }
    out.push_str("</ul>");
    out
}
