//! The subcommands, one file each.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod dev;
pub(crate) mod explain;
pub(crate) mod ir;
pub(crate) mod judge;
pub(crate) mod new;
pub(crate) mod plan;

use crate::exit::Exit;

/// What a command returns: nothing, or the code to end with.
pub(crate) type Ended = Result<(), Exit>;
