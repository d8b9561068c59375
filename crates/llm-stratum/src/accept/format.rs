//! Templates of `str.format`: which of them reach into the values that they show.

/// Whether a template shows values only as they are. Doubled braces are read as fields too: what is
/// refused without need is rare, and written as an f-string as well.
pub(super) fn is_plain(template: &str) -> bool {
    template.split('{').skip(1).all(|field| {
        let end = field.find(['!', ':', '}']).unwrap_or(field.len());
        !field[..end].contains(['.', '['])
    })
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn only_fields_reach_into_values() {
        for good in ["", "a.b", "{}", "{0}", "{name!r}", "{:.2f}", "{x:>{width}}", "a[0] {}"] {
            assert!(is_plain(good), "{good}");
        }
        for bad in ["{0.real}", "{0[x]}", "{x:{y.z}}", "{a.__class__}", "{}{0.__init__}"] {
            assert!(!is_plain(bad), "{bad}");
        }
    }
}
