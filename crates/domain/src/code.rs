//! The macro that makes a closed list of codes.

/// Declares an enum whose variants are stable codes: the same text in storage, wire, UI keys and exports.
///
/// Gives `ALL` (in display order), `code()`, `Display`, `FromStr` and serde by the code. An unknown code is an
/// error at the boundary; the desk keeps the opened bytes, so a row of a newer version is set aside, not lost.
// A code is a `tt`: derives that read attributes token by token do not see the inside of a `literal`.
macro_rules! code_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:tt,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant,)+ }

        impl $name {
            /// Every code, in display order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$variant => $code,)+ } }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.code()) }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::code::UnknownCode;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text { $($code => Ok(Self::$variant),)+ _ => Err($crate::code::UnknownCode { list: stringify!($name) }) }
            }
        }
    };
}
pub(crate) use code_enum;

/// A text that is not on the list it should come from. The text itself is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown code in list {list}")]
pub struct UnknownCode {
    /// Name of the list.
    pub list: &'static str,
}
