//! Reverse proxies that may say who asks. `X-Forwarded-For` is believed from these addresses only: anyone can write it.

use crate::rates::Peer;
use axum::http::HeaderMap;
use std::net::IpAddr;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The proxies named in the configuration; none when the server is reached directly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies(Vec<IpAddr>);

impl Proxies {
    /// These proxies.
    #[must_use]
    pub fn new(addresses: Vec<IpAddr>) -> Self {
        Self(addresses.iter().map(IpAddr::to_canonical).collect())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a connection from this address is served: behind proxies, theirs and this machine's only.
    #[must_use]
    pub fn admit(&self, address: IpAddr) -> bool {
        self.0.is_empty() || self.trust(address) || address.to_canonical().is_loopback()
    }

    /// Who asks: the last address that no trusted proxy wrote of another trusted proxy. A header that is missing or
    /// unreadable counts as the proxy itself.
    #[must_use]
    pub fn peer(&self, address: IpAddr, headers: &HeaderMap) -> Peer {
        let mut asker = address.to_canonical();
        let lines: Vec<_> = headers.get_all(FORWARDED_FOR).iter().collect();
        let named = lines.iter().rev().flat_map(|line| line.to_str().unwrap_or("?").rsplit(','));
        for name in named {
            if !self.trust(asker) {
                break;
            }
            match name.trim().parse::<IpAddr>() {
                Ok(before) => asker = before.to_canonical(),
                Err(_) => break,
            }
        }
        Peer::from(asker)
    }

    fn trust(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn check(proxies: &[&str], from: &str, lines: &[&str], expected: &str) {
        let proxies = Proxies::new(proxies.iter().map(|text| ip(text)).collect());
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        assert_eq!(proxies.peer(ip(from), &headers), Peer::from(ip(expected)), "{from} {lines:?}");
    }

    #[test]
    fn header_is_believed_from_named_proxies_only() {
        check(&[], "192.0.2.1", &["203.0.113.9"], "192.0.2.1");
        check(&["10.0.0.1"], "192.0.2.1", &["203.0.113.9"], "192.0.2.1");
        check(&["10.0.0.1"], "10.0.0.1", &["203.0.113.9"], "203.0.113.9");
        check(&["10.0.0.1"], "::ffff:10.0.0.1", &["2001:db8::1"], "2001:db8::1");
    }

    #[test]
    fn what_the_asker_wrote_before_the_proxy_counts_for_nothing() {
        check(&["10.0.0.1"], "10.0.0.1", &["198.51.100.1, 203.0.113.9"], "203.0.113.9");
        check(&["10.0.0.1"], "10.0.0.1", &["198.51.100.1", "203.0.113.9"], "203.0.113.9");
        // Naming a trusted proxy as the asker does not make the line before it true.
        check(&["10.0.0.1", "10.0.0.2"], "10.0.0.1", &["198.51.100.1, 203.0.113.9, 10.0.0.2"], "203.0.113.9");
        check(&["10.0.0.1"], "10.0.0.1", &["203.0.113.9, rubbish"], "10.0.0.1");
        check(&["10.0.0.1"], "10.0.0.1", &[], "10.0.0.1");
    }

    #[test]
    fn behind_proxies_others_are_not_served() {
        let proxies = Proxies::new(vec![ip("10.0.0.1")]);
        assert!(proxies.admit(ip("10.0.0.1")) && proxies.admit(ip("127.0.0.1")));
        assert!(!proxies.admit(ip("10.0.0.2")));
        assert!(Proxies::default().admit(ip("10.0.0.2")));
    }
}
