//! Shows the progress of a long command at a terminal.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::super::messages::Messages;
use super::{Inputs, count, grouped};

/// A bar with the work done, the speed, and the time left. Hidden in a pipe, and for programs.
pub(crate) struct Progress {
    bar: ProgressBar,
    began: Instant,
    done: u64,
    /// The unit: "evaluation".
    what: &'static str,
}

impl Progress {
    /// Progress over inputs, by bytes where their size is known.
    pub(crate) fn of(inputs: &Inputs, messages: &Messages) -> Self {
        Self::towards(inputs.size(), "evaluation", messages)
    }

    /// Progress over work of a size, where it is known.
    pub(crate) fn towards(size: Option<u64>, what: &'static str, messages: &Messages) -> Self {
        let began = Instant::now();
        if !Self::is_wanted(messages) {
            return Self { bar: ProgressBar::hidden(), began, done: 0, what };
        }
        let (bar, template) = match size {
            Some(size) => (ProgressBar::new(size), "{bar:30} {percent:>3} %  {msg}, {eta} left"),
            None => (ProgressBar::no_length(), "{spinner} {msg}"),
        };
        // The template is ours, and sound.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar, began, done: 0, what }
    }

    /// Whether somebody looks at it.
    pub(crate) fn is_wanted(messages: &Messages) -> bool {
        messages.are_for_people() && std::io::stderr().is_terminal()
    }

    /// Advances by one item of a size.
    pub(crate) fn advance(&mut self, size: u64) {
        self.done += 1;
        if self.bar.is_hidden() {
            return;
        }
        self.bar.inc(size);
        self.bar.set_message(format!("{}, {}", count(self.done, self.what), rate(self.done, self.began.elapsed())));
    }

    /// Says something above the bar.
    pub(crate) fn beside(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// "812/s".
fn rate(done: u64, time: Duration) -> String {
    let milliseconds = u64::try_from(time.as_millis()).unwrap_or(u64::MAX).max(1);
    format!("{}/s", grouped(done.saturating_mul(1000) / milliseconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_whole_and_needs_no_time_to_have_passed() {
        assert_eq!(rate(2024, Duration::from_millis(500)), "4,048/s");
        assert_eq!(rate(0, Duration::ZERO), "0/s");
    }
}
