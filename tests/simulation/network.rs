//! The network between a device and the server: it loses, doubles, delays, cuts and spoils what it carries.

use super::random::Random;
use super::server::Mailbox;
use notebook::sync::fault::Fault;
use notebook::sync::wire::{Reply, Transport, WireRequest};
use std::cell::RefCell;

/// How bad the network is, in percent of messages.
#[derive(Clone, Copy, Debug)]
pub struct Weather {
    /// Never reaches the server.
    pub lost_before: u64,
    /// The server acted, the answer is lost.
    pub lost_after: u64,
    /// Arrives twice; either answer comes back.
    pub doubled: u64,
    /// A copy arrives again much later, after other messages.
    pub delayed_copy: u64,
    /// The request is cut or a bit of it is flipped.
    pub spoilt_request: u64,
    /// The answer is cut or a bit of it is flipped.
    pub spoilt_answer: u64,
    /// A sign-in page answers instead of the server.
    pub sign_in_page: u64,
    /// The server restarts before or after the message.
    pub server_restart: u64,
}

impl Weather {
    /// Nothing happens.
    pub const CALM: Self = Self {
        lost_before: 0,
        lost_after: 0,
        doubled: 0,
        delayed_copy: 0,
        spoilt_request: 0,
        spoilt_answer: 0,
        sign_in_page: 0,
        server_restart: 0,
    };

    /// Anything from a good night to an awful one.
    pub fn draw(random: &mut Random) -> Self {
        let mut up_to = |most: i64| random.between(0, most) as u64;
        Self {
            lost_before: up_to(25),
            lost_after: up_to(25),
            doubled: up_to(20),
            delayed_copy: up_to(20),
            spoilt_request: up_to(12),
            spoilt_answer: up_to(12),
            sign_in_page: up_to(6),
            server_restart: up_to(4),
        }
    }
}

/// The network with the one server at its end.
pub struct Network {
    /// The server.
    pub mailbox: RefCell<Mailbox>,
    /// How bad it is now.
    pub weather: RefCell<Weather>,
    random: RefCell<Random>,
    underway: RefCell<Vec<WireRequest>>,
}

impl Network {
    /// A network with its own chance.
    pub fn new(mailbox: Mailbox, weather: Weather, random: Random) -> Self {
        Self {
            mailbox: RefCell::new(mailbox),
            weather: RefCell::new(weather),
            random: RefCell::new(random),
            underway: RefCell::default(),
        }
    }

    /// Faults stop. What is under way still arrives.
    pub fn calm_down(&self) {
        *self.weather.borrow_mut() = Weather::CALM;
        for request in self.underway.take() {
            self.deliver(&request);
        }
    }

    fn happens(&self, chance: impl Fn(&Weather) -> u64) -> bool {
        self.random.borrow_mut().percent(chance(&self.weather.borrow()))
    }

    fn deliver(&self, request: &WireRequest) -> Reply {
        self.mailbox.borrow().answer(request)
    }

    fn deliver_late_copies(&self) {
        let due: Vec<WireRequest> = {
            let mut random = self.random.borrow_mut();
            let mut underway = self.underway.borrow_mut();
            let mut due = Vec::new();
            let mut index = 0;
            while index < underway.len() {
                if random.percent(30) { due.push(underway.swap_remove(index)) } else { index += 1 }
            }
            due
        };
        for request in due {
            self.deliver(&request);
        }
    }

    fn spoil(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let mut random = self.random.borrow_mut();
        let at = random.below(bytes.len());
        if random.percent(50) {
            bytes.truncate(at);
        } else {
            bytes[at] ^= 1 << random.below(8);
        }
    }
}

impl Transport for Network {
    fn exchange(&self, request: &WireRequest) -> Result<Reply, Fault> {
        if self.happens(|weather| weather.server_restart) {
            self.mailbox.borrow_mut().restart();
        }
        self.deliver_late_copies();
        if self.happens(|weather| weather.sign_in_page) {
            return Ok(Reply { status: 200, json: false, body: b"<html>Accedi alla rete</html>".to_vec() });
        }
        if self.happens(|weather| weather.delayed_copy) {
            self.underway.borrow_mut().push(request.clone());
        }
        if self.happens(|weather| weather.lost_before) {
            return Err(Fault::Unreachable);
        }
        let mut sent = request.clone();
        if self.happens(|weather| weather.spoilt_request) {
            self.spoil(&mut sent.body);
        }
        let mut reply = self.deliver(&sent);
        if self.happens(|weather| weather.doubled) {
            let second = self.deliver(&sent);
            if self.random.borrow_mut().percent(50) {
                reply = second;
            }
        }
        if self.happens(|weather| weather.server_restart) {
            self.mailbox.borrow_mut().restart();
        }
        if self.happens(|weather| weather.lost_after) {
            return Err(Fault::Unreachable);
        }
        if self.happens(|weather| weather.spoilt_answer) {
            self.spoil(&mut reply.body);
        }
        Ok(reply)
    }
}
