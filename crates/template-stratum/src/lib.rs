//! Renders the files whose shape is fixed.
