//! What a program prints: the start is kept, the rest is read and thrown away, so that it can neither
//! fill our memory nor wait for us.

use std::io::Read;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// A stream that is being read.
pub(crate) struct Output(Receiver<(Vec<u8>, bool)>);

impl Output {
    /// Reads a stream to its end, on a thread of its own, and keeps at most so many bytes.
    pub(crate) fn of(stream: impl Read + Send + 'static, limit: usize) -> Self {
        let (sender, receiver) = channel();
        std::thread::spawn(move || drop(sender.send(read(stream, limit))));
        Self(receiver)
    }

    /// What was kept, and whether something was thrown away. Whoever still holds the stream open is
    /// not waited for longer than this.
    pub(crate) fn take(self, patience: Duration) -> (Vec<u8>, bool) {
        self.0.recv_timeout(patience).unwrap_or((Vec::new(), true))
    }
}

fn read(mut stream: impl Read, limit: usize) -> (Vec<u8>, bool) {
    let mut kept = Vec::new();
    let mut truncated = false;
    let mut buffer = vec![0; 64 << 10];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => {
                let room = limit.saturating_sub(kept.len()).min(count);
                kept.extend_from_slice(&buffer[..room]);
                truncated |= room < count;
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    (kept, truncated)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_start_is_kept_and_the_rest_is_read() {
        let long = vec![7; 200_000];
        let mut text: &[u8] = &long;
        assert_eq!(super::read(&mut text, 3), (vec![7, 7, 7], true));
        assert!(text.is_empty());
        assert_eq!(super::read(&[1, 2][..], 2), (vec![1, 2], false));
    }
}
