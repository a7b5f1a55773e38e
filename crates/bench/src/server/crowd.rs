//! Devices that take turns, and what they send.

use super::target::Requests;
use anyhow::{Context, Result};
use domain::sync::manifest::Role;
use domain::sync::{Stream, UnitId};
use uscita_load::device::{Device, push, sealed};

/// Devices of one programme, so many that none is told to slow down.
pub struct Crowd {
    /// Each the lead of a unit of its own.
    pub devices: Vec<Device>,
    next: usize,
}

impl Crowd {
    /// New ones.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn new(count: usize) -> Result<Self> {
        let device = |number| Device::new(Role::Lead, Some(UnitId::new(format!("U{number}"))));
        Ok(Self { devices: (0..count).map(device).collect::<Result<_>>()?, next: 0 })
    }

    /// What so many clients send in so many requests with these operations in each. Signed now, not while it is sent.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn requests(&mut self, clients: usize, count: usize, contents: &[(Stream, usize)]) -> Result<Vec<Requests>> {
        let mut requests = vec![Requests::new(); clients];
        // Each client has devices of its own: the requests of one device must come in their order.
        let of_a_client = (self.devices.len() / clients).max(1);
        for number in 0..count {
            let client = number % clients;
            let device = (client * of_a_client + self.next % of_a_client) % self.devices.len();
            self.next += usize::from(client + 1 == clients);
            let device = self.devices.get_mut(device).context("a device")?;
            let contents = contents.iter().map(|(stream, bytes)| Ok((*stream, sealed(*bytes)?)));
            let body = push(&device.batch(contents.collect::<Result<_>>()?))?;
            requests.get_mut(client).context("a client")?.push(body);
        }
        Ok(requests)
    }
}
