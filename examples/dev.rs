#![allow(clippy::all, missing_docs)]
use gtr_lint::*;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let path = args.last().unwrap();
    let bytes = std::fs::read(path).unwrap();
    let src = source::Source::from_bytes(path.as_str(), bytes).unwrap();
    let input = input::Input::alone(src);
    let templates = review::Templates::default();
    let mut settings = settings::Settings::default();
    if let Some(i) = args.iter().position(|a| a == "--template") {
        settings.template =
            Some(settings::Set { value: args[i + 1].clone(), origin: settings::Origin::Flag });
    }
    if let Some(i) = args.iter().position(|a| a == "--level") {
        settings.level = Some(settings::Set { value: args[i + 1].clone(), origin: settings::Origin::Flag });
    }
    let checked = check(&input, &settings, &templates);
    let fr = report::FileReport {
        sources: vec![&input.file],
        review: checked.review.as_ref(),
        diagnostics: &checked.diagnostics,
        suppressed: &checked.suppressed,
    };
    let mut out = std::io::stdout().lock();
    if args[0] == "report" {
        let f = if args.iter().any(|a| a == "json") {
            report::ReportFormat::Json
        } else {
            report::ReportFormat::Text
        };
        report::write_report(f, &[fr], &Default::default(), &mut out).unwrap();
    } else {
        report::write_lint(report::Format::Pretty, &[fr], &Default::default(), &mut out).unwrap();
    }
}
