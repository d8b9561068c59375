//! The front end from outside: documents in, models and findings out.

mod bad;
mod endpoints;
mod flows;
mod golden;
mod jobs;
mod reference;
mod schema;
mod seeds;
mod shape;
mod slots;
mod texts;
mod world;
