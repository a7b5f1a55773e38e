//! The `OpenAPI` document, generated from the endpoints and the protocol's types.

use crate::endpoints;
use domain::sync::auth::{CREATED_HEADER, DEVICE_HEADER, NONCE_HEADER, SIGNATURE_HEADER};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::{Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Uscita mailbox",
        description = "Blind mailbox of sealed operations. Bodies are JSON of at most 256 KiB without content \
                       encoding. Bytes travel as unpadded base64url, hashes as lower-case hex."
    ),
    paths(
        endpoints::push::push,
        endpoints::turn::take_turn,
        endpoints::pull::pull,
        endpoints::acknowledge::accept,
        endpoints::receipt::read_receipt,
        endpoints::standing::read_standings,
        endpoints::quarantine::list_quarantine,
        endpoints::quarantine::decide,
        endpoints::wipe::read_order,
        endpoints::wipe::confirm,
        endpoints::manifest::read_manifest,
        endpoints::manifest::put_manifest,
        endpoints::enrol::announce_code,
        endpoints::enrol::hand_in,
        endpoints::enrol::list_enrolments,
        endpoints::release::publish,
        endpoints::release::withdraw,
        endpoints::shelf::open_shelf,
        endpoints::shelf::read_shelf,
        endpoints::health::read_health,
        endpoints::describe::describe,
    ),
    modifiers(&Signed)
)]
struct Description;

struct Signed;

impl Modify for Signed {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let description = format!(
            "Ed25519, base64url, over method, path with query, SHA-256 of the body, device, time and nonce; with the \
             headers {DEVICE_HEADER}, {CREATED_HEADER} and {NONCE_HEADER}."
        );
        let scheme = SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description(
            SIGNATURE_HEADER.to_owned(),
            description,
        )));
        document.components.get_or_insert_default().add_security_scheme("request_signature", scheme);
    }
}

/// The document.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::TABLE;
    use std::collections::BTreeSet;

    #[test]
    fn describes_exactly_the_calls_of_the_table() {
        let document = serde_json::to_value(document()).unwrap();
        let described: BTreeSet<(String, String)> = document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, item)| {
                let methods = item.as_object().unwrap().keys();
                methods.map(move |method| (path.clone(), method.to_uppercase()))
            })
            .collect();
        let table = TABLE.iter().map(|row| (row.path.to_owned(), row.method.name().to_owned())).collect();
        assert_eq!(described, table);
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let text = serde_json::to_string(&document()).unwrap();
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        let references: BTreeSet<&str> =
            text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(references.len() > 10, "{references:?}");
        for reference in references {
            assert!(document.pointer(reference).is_some(), "{reference}");
        }
    }
}
