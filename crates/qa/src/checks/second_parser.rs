//! `J0101`: a Python file that a second grammar does not accept. It is older than Python 3.12, as is
//! the oldest Python of the output, so that "cannot judge" is a finding too.

use stratapi_diagnostics::Code;

use crate::finding::{Finding, Place};
use crate::python::Source;
use crate::subject::Subject;

pub(super) fn check(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {
    match source.parsed {
        Some(Ok(_)) => Vec::new(),
        Some(Err(error)) => {
            let offset = error.offset.to_usize();
            let place = Place::bytes(source.path, offset, offset + 1);
            let message = format!("no Python 3.11: {}", error.error);
            vec![Finding::error(Code::J0101, message).at(place, "not understood from here on")]
        }
        None => {
            let message = "it nests too deeply to be judged";
            vec![Finding::error(Code::J0101, message).at(Place::line(source.path, 1), "")]
        }
    }
}
