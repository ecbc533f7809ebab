//! The program `gtr`.

fn main() -> std::process::ExitCode {
    gtr_lint::cli::main()
}
