//! Good releases, and recipients who know their link and password.

use crate::askers::{Asker, Inner};
use crate::publish::{PASSWORD, publication, release, sign};
use axum::body::Bytes;
use axum::http::request::Parts;
use domain::sync::chain;
use domain::sync::publish::{LINK_BYTES, Publication, Withdrawal, path};
use domain::sync::version::CURRENT;
use serde_json::Value;

/// Releases are given these numbers, so that one is often published again, or by another desk.
const NUMBERS: u32 = 40;
/// So many recipients.
const LINKS: usize = 3;

/// What is known of the shelves.
pub struct Shelves {
    /// Tickets that pages were shown with, by link.
    tickets: [Option<String>; LINKS],
    /// The link that was asked last.
    asked: usize,
}

impl Shelves {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self { tickets: [const { None }; LINKS], asked: 0 }
    }
}

fn link(which: usize) -> [u8; LINK_BYTES] {
    [u8::try_from(which).unwrap_or(u8::MAX); LINK_BYTES]
}

impl Inner {
    /// A document of the asker's under its signature; sometimes with a value that is odd, or another desk's.
    pub fn dress_release(&mut self, asker: Asker, body: &[u8]) -> Option<Bytes> {
        let _: Publication = serde_json::from_slice(body).ok()?;
        let number = 1 + u32::try_from(self.dresser.random.below(NUMBERS as usize)).unwrap_or_default();
        let which = self.dresser.random.below(LINKS);
        let kind = self.dresser.random.below(6);
        self.device(asker)?;
        let by = match asker {
            Asker::Admin if kind > 0 => &self.world.admin,
            _ => &self.world.coordinator,
        };
        let document = release(&self.world, by, number);
        let mut signed = sign(by, &document);
        if kind == 1 {
            let mut value: Value = serde_json::from_slice(&signed.release.0).ok()?;
            self.spoil(&mut value);
            let bytes = serde_json::to_vec(&value).ok()?;
            let message = domain::release::release_message(&bytes);
            signed.signature = chain::Bytes(self.world.coordinator.key.sign(&message).as_ref().to_vec());
            signed.release = chain::Bytes(bytes);
        }
        let made = publication(signed, link(which), PASSWORD);
        serde_json::to_vec(&made).ok().map(Bytes::from)
    }

    /// Of a number that may be published.
    pub fn dress_withdrawal(&mut self, body: &[u8]) -> Option<Bytes> {
        let _: Withdrawal = serde_json::from_slice(body).ok()?;
        let number = 1 + u32::try_from(self.dresser.random.below(NUMBERS as usize)).unwrap_or_default();
        serde_json::to_vec(&Withdrawal { version: CURRENT, number }).ok().map(Bytes::from)
    }

    /// At the door of a recipient.
    pub fn dress_door(&mut self, parts: &mut Parts) {
        self.dresser.shelves.asked = self.dresser.random.below(LINKS);
        if let Ok(uri) = path(&link(self.dresser.shelves.asked)).parse() {
            parts.uri = uri;
        }
    }

    /// A recipient with the password, or the ticket of the page before.
    pub fn dress_reading(&mut self, parts: &mut Parts) -> Bytes {
        self.dress_door(parts);
        let random = &mut self.dresser.random;
        let number = random.below(NUMBERS as usize + 2);
        let format = *random.pick(&["", "csv", "json", "xlsx"]);
        let shelves = &self.dresser.shelves;
        let ticket = shelves.tickets.get(shelves.asked).cloned().flatten();
        let known = ticket.map_or_else(|| format!("password={PASSWORD}"), |ticket| format!("ticket={ticket}"));
        Bytes::from(format!("{known}&release={number}&format={format}"))
    }

    /// Keeps the ticket of a page.
    pub fn learn_page(&mut self, answer: &[u8]) {
        let page = String::from_utf8_lossy(answer);
        let shelves = &mut self.dresser.shelves;
        let ticket = page.split_once("name=\"ticket\" value=\"").and_then(|(_, rest)| rest.split_once('"'));
        if let (Some(place), Some((ticket, _))) = (shelves.tickets.get_mut(shelves.asked), ticket) {
            *place = Some(ticket.to_owned());
        }
    }
}
