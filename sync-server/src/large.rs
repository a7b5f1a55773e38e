//! Bodies that are large and are being read: few at once, and of one network only some of those, so that nobody who need
//! not even have a key keeps out all others.

use crate::rates::Peer;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore, SemaphorePermit};

/// Large bodies that are read at once.
const AT_ONCE: usize = 16;
/// Of those, from one network.
const OF_A_NETWORK: usize = AT_ONCE / 4;

/// The places of all.
#[derive(Debug)]
pub struct LargeBodies {
    places: Semaphore,
    /// Forgotten when nobody from there waits or reads.
    networks: Mutex<HashMap<Peer, Weak<Semaphore>>>,
}

/// A place; free again when dropped.
#[derive(Debug)]
pub struct Place<'a> {
    _network: Option<OwnedSemaphorePermit>,
    _place: SemaphorePermit<'a>,
}

impl Default for LargeBodies {
    fn default() -> Self {
        Self { places: Semaphore::new(AT_ONCE), networks: Mutex::default() }
    }
}

impl LargeBodies {
    /// Waits for a place. This machine is a proxy, for all networks: it may have every one.
    ///
    /// # Errors
    /// None; no place is ever closed.
    pub async fn wait(&self, peer: Option<Peer>) -> Result<Place<'_>, AcquireError> {
        let network = match peer {
            Some(peer @ Peer::Network(_)) => Some(self.network(peer).acquire_owned().await?),
            Some(Peer::Loopback) | None => None,
        };
        Ok(Place { _network: network, _place: self.places.acquire().await? })
    }

    fn network(&self, peer: Peer) -> Arc<Semaphore> {
        let mut networks = self.networks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(places) = networks.get(&peer).and_then(Weak::upgrade) {
            return places;
        }
        networks.retain(|_, places| places.strong_count() > 0);
        let places = Arc::new(Semaphore::new(OF_A_NETWORK));
        networks.insert(peer, Arc::downgrade(&places));
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::time::timeout;

    const HERE: Option<Peer> = Some(Peer::Network([1; 7]));
    const THERE: Option<Peer> = Some(Peer::Network([2; 7]));

    async fn has_place(large: &LargeBodies, peer: Option<Peer>) -> bool {
        timeout(Duration::from_secs(60), large.wait(peer)).await.is_ok()
    }

    #[tokio::test(start_paused = true)]
    async fn one_network_leaves_places_to_the_others() {
        let large = LargeBodies::default();
        let mut held = Vec::new();
        for _ in 0..OF_A_NETWORK {
            held.push(large.wait(HERE).await.unwrap());
        }
        assert!(!has_place(&large, HERE).await);
        assert!(has_place(&large, THERE).await);
        held.pop();
        assert!(has_place(&large, HERE).await);
    }

    #[tokio::test(start_paused = true)]
    async fn this_machine_may_have_every_place_and_no_more() {
        let large = LargeBodies::default();
        let mut held = Vec::new();
        for _ in 0..AT_ONCE {
            held.push(large.wait(Some(Peer::Loopback)).await.unwrap());
        }
        for peer in [Some(Peer::Loopback), None, HERE] {
            assert!(!has_place(&large, peer).await, "{peer:?}");
        }
    }

    #[tokio::test]
    async fn networks_of_which_nobody_is_left_are_forgotten() {
        let large = LargeBodies::default();
        for network in 0..100 {
            drop(large.wait(Some(Peer::Network([network; 7]))).await.unwrap());
        }
        assert_eq!(large.networks.lock().unwrap().len(), 1);
    }
}
