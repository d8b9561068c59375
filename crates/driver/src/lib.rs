//! compile(), the phases in order on one page, and the write.

pub mod write;
