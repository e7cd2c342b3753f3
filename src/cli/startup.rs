//! Detects whether standard output was closed when the program was started, as by `>&-` in a shell.
//!
//! Before `main`, Rust opens the null device in place of a closed standard output, and output is lost without an error. The
//! test therefore runs earlier, when the program is loaded. An output to `/dev/null` itself may be meant.

use std::sync::atomic::{AtomicBool, Ordering};

static IS_CLOSED: AtomicBool = AtomicBool::new(false);

/// Whether nothing that is written to standard output arrives anywhere.
pub(super) fn is_standard_output_closed() -> bool {
    IS_CLOSED.load(Ordering::Relaxed)
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd", target_vendor = "apple"))]
mod load {
    use std::sync::atomic::Ordering;

    use rustix::io::Errno;

    /// The system calls the function in this section when it has loaded the program.
    #[used]
    #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__mod_init_func"))]
    #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".init_array"))]
    #[allow(unsafe_code, reason = "nothing in Rust runs earlier; the function only asks the system and sets a flag")]
    static ON_LOAD: extern "C" fn() = look;

    extern "C" fn look() {
        let is_closed = rustix::io::fcntl_getfd(rustix::stdio::stdout()) == Err(Errno::BADF);
        super::IS_CLOSED.store(is_closed, Ordering::Relaxed);
    }
}
