//! The allocator of the command. Trees of small texts are what a compiler is made of: see
//! docs/adr/0009-mimalloc.md.

use std::ffi::c_int;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// `mi_option_purge_delay`, in milliseconds. The crate does not name it.
const PURGE_DELAY: c_int = 15;

/// Lets freed memory go back to the system after a second instead of ten milliseconds: a tree that is
/// dropped makes room for the next one.
#[expect(unsafe_code, reason = "the allocator has no safe way to set its options")]
pub(crate) fn keep_for_a_second() {
    // SAFETY: it stores a number while no other thread runs; the index is within the allocator's
    // table of options.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, 1000) }
}

#[cfg(test)]
mod tests {
    use super::{PURGE_DELAY, keep_for_a_second};

    #[test]
    #[expect(unsafe_code, reason = "the allocator has no safe way to read its options")]
    fn the_option_is_the_one_that_is_meant() {
        // SAFETY: it reads a number, and no other test sets it; the index is within the allocator's
        // table of options.
        let delay = || unsafe { libmimalloc_sys::mi_option_get(PURGE_DELAY) };
        assert_eq!(delay(), 10, "what version 2 has by itself");
        keep_for_a_second();
        assert_eq!(delay(), 1000);
    }
}
