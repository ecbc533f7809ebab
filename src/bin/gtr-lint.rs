//! The program `gtr` under the name `gtr-lint`, for machines where `gtr` is GNU tr.

fn main() -> std::process::ExitCode {
    gtr_lint::cli::main()
}
