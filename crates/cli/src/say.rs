//! What the program says, in Italian or English, to people or to programs. Words of the product come from the interface's catalogue; only what
//! the interface does not say stands in this package's own.

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};
use std::borrow::Cow;
use std::collections::HashMap;

static_loader! {
    static OWN = {
        locales: "./i18n",
        fallback_language: "it",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static_loader! {
    static INTERFACE = {
        locales: "../../ui/src/lib/i18n",
        fallback_language: "it",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A language of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// Italian.
    #[value(help = "italiano")]
    It,
    /// English.
    #[value(help = "inglese")]
    En,
}

/// Says things in one language, to people or to programs.
#[derive(Clone, Debug)]
pub struct Say {
    language: LanguageIdentifier,
    is_json: bool,
}

/// The arguments of a sentence.
pub type Arguments = HashMap<Cow<'static, str>, FluentValue<'static>>;

/// Arguments from names and values.
pub fn arguments<const N: usize>(list: [(&'static str, impl Into<FluentValue<'static>>); N]) -> Arguments {
    list.into_iter().map(|(name, value)| (Cow::Borrowed(name), value.into())).collect()
}

impl Say {
    /// Speaks this language.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let language = match language {
            Language::It => langid!("it"),
            Language::En => langid!("en"),
        };
        Self { language, is_json: false }
    }

    /// Whether a program listens: then everything is one JSON object.
    #[must_use]
    pub fn for_programs(self, is_json: bool) -> Self {
        Self { is_json, ..self }
    }

    /// Whether a program listens.
    #[must_use]
    pub const fn is_json(&self) -> bool {
        self.is_json
    }

    /// A sentence, or nothing if the catalogues have none.
    #[must_use]
    pub fn find(&self, key: &str, arguments: &Arguments) -> Option<String> {
        let own = OWN.try_lookup_with_args(&self.language, key, arguments);
        own.or_else(|| INTERFACE.try_lookup_with_args(&self.language, key, arguments))
    }

    /// A sentence without arguments. A key that is missing shows itself.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.with(key, &Arguments::new())
    }

    /// A sentence with arguments. A key that is missing shows itself.
    #[must_use]
    pub fn with(&self, key: &str, arguments: &Arguments) -> String {
        self.find(key, arguments).unwrap_or_else(|| key.to_owned())
    }

    /// A sentence whose form depends on a number.
    #[must_use]
    pub fn counted(&self, key: &str, n: u64) -> String {
        self.with(key, &HashMap::from([(Cow::Borrowed("n"), FluentValue::from(n))]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(catalogue: &str) -> Vec<&str> {
        let is_key = |line: &&str| line.starts_with(|letter: char| letter.is_ascii_lowercase());
        catalogue.lines().filter(is_key).filter_map(|line| line.split(" =").next()).collect()
    }

    #[test]
    fn has_every_sentence_in_both_languages() {
        let (italian, english) = (keys(include_str!("../i18n/it.ftl")), keys(include_str!("../i18n/en.ftl")));
        assert!(italian.len() > 50);
        assert_eq!(italian, english);
    }

    #[test]
    fn takes_words_of_the_product_from_the_interface() {
        assert_eq!(Say::new(Language::It).text("gender-woman"), "Donna");
        assert_eq!(Say::new(Language::En).text("no-such-key"), "no-such-key");
    }

    #[test]
    fn puts_arguments_in_without_marks_around_them() {
        let text = Say::new(Language::It).with("demo-pin", &arguments([("pin", "739164".to_owned())]));
        assert_eq!(text, "PIN dei telefoni: 739164");
    }
}
