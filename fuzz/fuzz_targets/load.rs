//! Any text as a whole application: no panic in any check, and places inside the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stratapi_fuzz::load;

fuzz_target!(|data: &[u8]| load("app.yaml", data));
