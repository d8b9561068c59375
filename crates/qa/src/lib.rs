//! Judges an artifact tree against the model and reports at the YAML line.
