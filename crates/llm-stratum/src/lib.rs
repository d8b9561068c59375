//! Fills declared slots: request, provider, completion, lock.
