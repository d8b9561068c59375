//! Characters to bytes: the YAML scanner counts characters, everybody else bytes.

/// One table entry stands for this many characters.
const STEP: usize = 64;

/// The byte offset of every `STEP`th character; empty if all are one byte long.
pub(super) struct Offsets<'a> {
    text: &'a str,
    table: Vec<usize>,
}

impl<'a> Offsets<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let table = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(byte, _)| byte).step_by(STEP).collect()
        };
        Self { text, table }
    }

    /// The byte at which a character starts; the end of the text behind the last one.
    pub(super) fn byte(&self, character: usize) -> usize {
        if self.table.is_empty() {
            return character.min(self.text.len());
        }
        let Some(start) = self.table.get(character / STEP) else {
            return self.text.len();
        };
        let rest = &self.text[*start..];
        rest.char_indices().nth(character % STEP).map_or(self.text.len(), |(at, _)| start + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_found() {
        let text: String = (0..300).map(|i| if i % 3 == 0 { '𝒳' } else { 'é' }).collect();
        let offsets = Offsets::new(&text);
        for (character, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.byte(character), byte);
        }
        assert_eq!(offsets.byte(300), text.len());
        assert_eq!(offsets.byte(9_000), text.len());
    }
}
