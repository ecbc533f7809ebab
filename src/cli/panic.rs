//! A bug in gtr: said in a way that helps to report it.

use std::io::Write;

/// Makes a panic print the version and where to report it, and end with exit code 2.
pub(super) fn install() {
    std::panic::set_hook(Box::new(|information| {
        say(information);
        end();
    }));
}

/// Makes a panic be said and no more: a server answers the request with an error and goes on.
pub(super) fn survive() {
    std::panic::set_hook(Box::new(say));
}

fn say(information: &std::panic::PanicHookInfo) {
    let place = match env!("CARGO_PKG_REPOSITORY") {
        "" => "to the project".to_string(),
        repository => format!("at {repository}/issues"),
    };
    let mut err = std::io::stderr().lock();
    // Nothing is left to do when standard error is gone too.
    let _ = writeln!(
        err,
        "error: gtr {} on {} has a bug: {information}\nhelp: please report it {place}, with the command line and, if you can, the file",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
    );
}

/// Ends the process: the panic of a thread might be lost.
#[allow(clippy::exit, reason = "a bug has the same exit code as a file that cannot be read: 2")]
fn end() -> ! {
    std::process::exit(2)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    /// Set in the process that is to panic.
    const VARIABLE: &str = "GTR_TEST_OF_A_BUG";

    #[test]
    fn a_bug_is_said_with_the_version_and_ends_with_2() {
        if std::env::var_os(VARIABLE).is_some() {
            super::install();
            let thread = std::thread::spawn(|| panic!("on purpose"));
            // the process has ended by then, whatever is made of the thread
            let _ = thread.join();
            return;
        }
        let this = "cli::panic::tests::a_bug_is_said_with_the_version_and_ends_with_2";
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([this, "--exact", "--nocapture"]).env(VARIABLE, "1");
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        for part in [env!("CARGO_PKG_VERSION"), "has a bug", "on purpose", "panic.rs", "please report it"] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
}
