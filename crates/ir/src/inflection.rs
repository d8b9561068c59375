//! English plurals and singulars of one word in lower case.
//!
//! The rules and words are those of `cruet`, which is the oracle of the tests below. To compile its
//! regular expressions was a fifth of a small build (`docs/adr/0008-plurals.md`), and each of them
//! says no more than how a word ends.

/// The plural of a word.
#[must_use]
pub fn plural(word: &str) -> String {
    inflected(word, IRREGULAR.iter().copied(), PLURALS).unwrap_or_else(|| format!("{word}s"))
}

/// The singular of a word; a word that is none of a plural stays as it is.
#[must_use]
pub fn singular(word: &str) -> String {
    let irregular = IRREGULAR.iter().map(|(one, many)| (*many, *one));
    inflected(word, irregular.chain([("axis", "axis")]), SINGULARS)
        .unwrap_or_else(|| word.to_owned())
}

fn inflected<'a>(
    word: &str,
    mut irregular: impl Iterator<Item = (&'a str, &'a str)>,
    rules: &[Rule],
) -> Option<String> {
    if UNCOUNTABLE.binary_search(&word).is_ok() {
        return Some(word.to_owned());
    }
    if let Some((_, other)) = irregular.find(|(form, _)| *form == word) {
        return Some(other.to_owned());
    }
    rules.iter().find_map(|rule| rule.applied(word))
}

/// Words that end in one of the stems with one of the endings take another ending.
struct Rule {
    /// Letters, and sets of them as in `[aeiou]` and `[^aeiou]`. An empty stem is any.
    stems: &'static [&'static str],
    endings: &'static [&'static str],
    replacement: &'static str,
}

impl Rule {
    fn applied(&self, word: &str) -> Option<String> {
        self.endings.iter().find_map(|ending| {
            let stem = word.strip_suffix(ending)?;
            self.stems
                .iter()
                .any(|pattern| ends_with(stem, pattern))
                .then(|| format!("{stem}{}", self.replacement))
        })
    }
}

/// Whether a word ends with what a pattern of letters and sets describes.
fn ends_with(word: &str, pattern: &str) -> bool {
    let mut letters = word.bytes().rev();
    let mut pattern = pattern.as_bytes();
    while let Some((last, before)) = pattern.split_last() {
        let Some(letter) = letters.next() else { return false };
        let open = before.iter().rposition(|byte| *byte == b'[');
        let (fits, rest) = match open.filter(|_| *last == b']') {
            Some(open) => (is_in(letter, &before[open + 1..]), &before[..open]),
            None => (letter == *last, before),
        };
        if !fits {
            return false;
        }
        pattern = rest;
    }
    true
}

/// Whether a letter is in a set: `aeiou`, or `^aeiou` for all others.
fn is_in(letter: u8, set: &[u8]) -> bool {
    match set.split_first() {
        Some((b'^', others)) => !others.contains(&letter),
        _ => set.contains(&letter),
    }
}

const fn rule(
    stems: &'static [&'static str],
    endings: &'static [&'static str],
    replacement: &'static str,
) -> Rule {
    Rule { stems, endings, replacement }
}

/// The first that fits counts.
const PLURALS: &[Rule] = &[
    rule(&["eaux"], &[""], ""),
    rule(&["child"], &["ren", ""], "ren"),
    rule(&["pe"], &["rson", "ople"], "ople"),
    rule(&["m", "l"], &["ice", "ouse"], "ice"),
    rule(&["matr", "cod", "mur", "sil", "vert", "ind", "append"], &["ix", "ex"], "ices"),
    rule(&["x", "ch", "ss", "sh", "zz"], &[""], "es"),
    rule(&["xes", "ches", "sses", "shes", "zzes"], &[""], ""),
    rule(&["[^ch][ieo][ln]"], &["ey"], "ies"),
    rule(&["[^aeiouy]", "qu"], &["y"], "ies"),
    rule(&["ar", "l", "ea", "eo", "oa", "hoo"], &["f"], "ves"),
    rule(&["kni", "wi", "li"], &["fe"], "ves"),
    rule(&[""], &["sis"], "ses"),
    rule(
        &[
            "apheli",
            "hyperbat",
            "periheli",
            "asyndet",
            "noumen",
            "phenomen",
            "criteri",
            "organ",
            "prolegomen",
            "hedr",
            "automat",
        ],
        &["a", "on"],
        "a",
    ),
    rule(
        &[
            "agend",
            "addend",
            "millenni",
            "dat",
            "extrem",
            "bacteri",
            "desiderat",
            "strat",
            "candelabr",
            "errat",
            "ov",
            "symposi",
            "curricul",
            "automat",
            "quor",
        ],
        &["a", "um"],
        "a",
    ),
    rule(&["her", "at", "gr"], &["o"], "oes"),
    rule(&["seraph", "cherub"], &["im", ""], "im"),
    rule(&["alumn", "alg", "vertebr"], &["a", "ae"], "ae"),
    rule(
        &[
            "alumn", "syllab", "octop", "vir", "radi", "nucle", "fung", "cact", "stimul", "termin",
            "bacill", "foc", "uter", "loc", "strat",
        ],
        &["us", "i"],
        "i",
    ),
    rule(&["[^l]ias", "[aeiou]las", "[emjzr]as", "[iu]am"], &[""], ""),
    rule(&["e[mn]u"], &["s", ""], "s"),
    rule(&["alias", "[^aou]us", "tlas", "gas", "ris"], &[""], "es"),
    rule(&["ax", "test"], &["is"], "es"),
    rule(&["[^aeiou]ese"], &[""], ""),
    rule(&[""], &["s"], "s"),
];

/// The first that fits counts.
const SINGULARS: &[Rule] = &[
    rule(&["database"], &["s"], ""),
    rule(&["quiz"], &["zes"], ""),
    rule(&["matr"], &["ices"], "ix"),
    rule(&["vert", "ind"], &["ices"], "ex"),
    rule(&["alias", "status"], &["es", ""], ""),
    rule(&["octop", "vir"], &["us", "i"], "us"),
    rule(&["cris", "test"], &["is", "es"], "is"),
    rule(&["shoe"], &["s"], ""),
    rule(&["bus"], &["es", ""], ""),
    rule(&["m", "l"], &["ice"], "ouse"),
    rule(&["x", "ch", "ss", "sh"], &["es"], ""),
    rule(&["m"], &["ovies"], "ovie"),
    rule(&["s"], &["eries"], "eries"),
    rule(&["[^aeiouy]", "qu"], &["ies"], "y"),
    rule(&["[lr]"], &["ves"], "f"),
    rule(&["tive", "hive"], &["s"], ""),
    rule(&["[^f]"], &["ves"], "fe"),
    rule(&["analy", "ba", "diagno", "parenthe", "progno", "synop", "the"], &["sis", "ses"], "sis"),
    rule(&["[ti]"], &["a"], "um"),
    rule(&["o"], &["es"], ""),
    rule(&["n"], &["ews"], "ews"),
    rule(&["ss"], &[""], ""),
    rule(&[""], &["s"], ""),
];

/// One and many.
const IRREGULAR: &[(&str, &str)] = &[
    ("axis", "axes"),
    ("die", "dice"),
    ("eave", "eaves"),
    ("foot", "feet"),
    ("goose", "geese"),
    ("man", "men"),
    ("ox", "oxen"),
    ("quiz", "quizzes"),
    ("tooth", "teeth"),
    ("woman", "women"),
    ("yes", "yeses"),
];

/// Words that are their own plural, in order.
#[rustfmt::skip]
const UNCOUNTABLE: &[&str] = &[
    "accommodation", "adulthood", "advertising", "advice", "aggression", "aid", "air",
    "aircraft", "alcohol", "anger", "applause", "arithmetic", "assistance", "athletics",
    "bacon", "baggage", "beef", "biology", "blood", "botany", "bread", "butter", "carbon",
    "cardboard", "cash", "chalk", "chaos", "chess", "countryside", "crossroads", "dancing",
    "deer", "dignity", "dirt", "dust", "economics", "education", "electricity", "engineering",
    "enjoyment", "envy", "equipment", "ethics", "evidence", "evolution", "fame", "fiction",
    "flour", "flu", "food", "fuel", "fun", "furniture", "gallows", "garbage", "garlic",
    "genetics", "gold", "golf", "gossip", "grammar", "gratitude", "grief", "guilt",
    "gymnastics", "happiness", "hardware", "harm", "hate", "hatred", "health", "heat", "help",
    "homework", "honesty", "honey", "hospitality", "housework", "humour", "hunger", "hydrogen",
    "ice", "importance", "inflation", "information", "innocence", "iron", "irony", "jam",
    "jewelry", "judo", "karate", "knowledge", "lack", "laughter", "lava", "leather", "leisure",
    "lightning", "linguine", "linguini", "linguistics", "literature", "litter", "livestock",
    "logic", "loneliness", "luck", "luggage", "macaroni", "machinery", "magic", "management",
    "mankind", "marble", "mathematics", "mayonnaise", "measles", "methane", "milk", "money",
    "mud", "mumps", "music", "nature", "news", "nitrogen", "nonsense", "nurture", "nutrition",
    "obedience", "obesity", "oxygen", "pasta", "patience", "physics", "poetry", "pollution",
    "poverty", "pride", "psychology", "publicity", "punctuation", "quartz", "racism",
    "relaxation", "reliability", "research", "respect", "revenge", "rice", "rubbish", "rum",
    "safety", "scenery", "seafood", "seaside", "series", "shame", "sheep", "shopping", "sleep",
    "smoke", "smoking", "snow", "soap", "software", "soil", "spaghetti", "species", "steam",
    "stuff", "stupidity", "sunshine", "symmetry", "tennis", "thirst", "thunder", "timber",
    "traffic", "transportation", "trust", "underwear", "unemployment", "unity", "validity",
    "veal", "vegetarianism", "vegetation", "vengeance", "violence", "vitality", "warmth",
    "wealth", "weather", "welfare", "wheat", "wildlife", "wisdom", "yoga", "zinc", "zoology",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{IRREGULAR, PLURALS, Rule, SINGULARS, UNCOUNTABLE, plural, singular};

    #[test]
    fn words_are_in_order() {
        assert!(UNCOUNTABLE.is_sorted());
        for word in UNCOUNTABLE {
            assert_eq!(
                (plural(word), singular(word)),
                (cruet::to_plural(word), cruet::to_singular(word))
            );
        }
    }

    #[test]
    fn what_has_no_rule_is_as_the_oracle_has_it() {
        for (one, many) in IRREGULAR {
            assert_eq!(
                (plural(one), singular(many)),
                (cruet::to_plural(one), cruet::to_singular(many))
            );
        }
    }

    /// A word that a rule could be meant for, or just misses.
    fn ending(rules: &'static [Rule]) -> impl Strategy<Value = String> {
        (0..rules.len(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[a-z]{2}")
            .prop_map(move |(at, stem, ending, letters)| {
                let rule = &rules[at];
                let mut letters = letters.chars();
                let mut word = String::new();
                let mut stem = stem.get::<&str>(rule.stems).chars();
                while let Some(letter) = stem.next() {
                    if letter == '[' {
                        let set: Vec<char> = stem.by_ref().take_while(|c| *c != ']').collect();
                        word.push(match set[0] {
                            '^' => letters.next().unwrap_or('b'),
                            _ => set[set.len() - 1],
                        });
                    } else {
                        word.push(letter);
                    }
                }
                word + ending.get::<&str>(rule.endings)
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

        #[test]
        fn plurals_are_those_of_the_oracle(
            word in ("[a-z]{0,4}", ending(PLURALS)).prop_map(|(head, end)| head + &end)
        ) {
            prop_assert_eq!(plural(&word), cruet::to_plural(&word));
        }

        /// Of a word that starts with `oxen` the oracle drops what follows.
        #[test]
        fn singulars_are_those_of_the_oracle(
            word in ("[a-z]{0,4}", ending(SINGULARS)).prop_map(|(head, end)| head + &end)
        ) {
            prop_assume!(!word.starts_with("oxen"));
            prop_assert_eq!(singular(&word), cruet::to_singular(&word));
        }
    }
}
