//! The front end from outside: documents in, models and findings out.

mod bad;
mod golden;
mod reference;
mod schema;
mod texts;
mod world;
