//! One answer for all who ask the same at the same time.

use crate::store::fault::StoreFault;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Mutex;

/// A question that is asked again and again. Nobody gets an answer that was asked for before he came.
#[derive(Debug, Default)]
pub struct Rounds {
    begun: AtomicU64,
    last: Mutex<Round>,
}

#[derive(Debug, Default)]
struct Round {
    number: u64,
    /// None when it failed.
    answer: Option<u64>,
}

impl Rounds {
    /// The answer of a round that begins now or later.
    ///
    /// # Errors
    /// What the question gives, or that it failed for another who asked it for all.
    pub async fn ask<F: Future<Output = Result<u64, StoreFault>>>(
        &self,
        question: impl FnOnce() -> F,
    ) -> Result<u64, StoreFault> {
        let next = self.begun.load(Ordering::Acquire).saturating_add(1);
        let mut last = self.last.lock().await;
        if last.number >= next {
            return last.answer.ok_or(StoreFault::Unanswered);
        }
        let number = self.begun.fetch_add(1, Ordering::AcqRel).saturating_add(1);
        let asked = question().await;
        *last = Round { number, answer: asked.as_ref().ok().copied() };
        asked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use tokio::sync::Notify;

    #[tokio::test]
    async fn those_who_come_during_a_round_share_the_next_one() {
        let (rounds, asked, go_on) = (Rounds::default(), AtomicU64::new(0), Arc::new(Notify::new()));
        let question = || async {
            let number = asked.fetch_add(1, Ordering::AcqRel) + 1;
            if number == 1 {
                go_on.notified().await;
            }
            Ok(number)
        };
        let later = async {
            // The first is asking: its answer may be older than those who come now.
            go_on.notify_one();
            tokio::join!(rounds.ask(question), rounds.ask(question), rounds.ask(question))
        };
        let (first, (second, third, fourth)) = tokio::join!(biased; rounds.ask(question), later);
        assert_eq!(first.unwrap(), 1);
        assert_eq!([second, third, fourth].map(Result::unwrap), [2; 3]);
        assert_eq!(rounds.ask(question).await.unwrap(), 3, "one who comes afterwards gets an answer of his own");
    }

    #[tokio::test]
    async fn fault_is_told_to_all_of_its_round_and_to_nobody_else() {
        let (rounds, go_on) = (Rounds::default(), Arc::new(Notify::new()));
        let waits = || async {
            go_on.notified().await;
            Ok(1)
        };
        let fails = || async { Err(StoreFault::Stopped) };
        let later = async {
            go_on.notify_one();
            tokio::join!(biased; rounds.ask(fails), rounds.ask(fails))
        };
        let (first, (second, third)) = tokio::join!(biased; rounds.ask(waits), later);
        assert_eq!(first.unwrap(), 1);
        assert!(matches!(second, Err(StoreFault::Stopped)));
        assert!(matches!(third, Err(StoreFault::Unanswered)));
        assert_eq!(rounds.ask(|| async { Ok(7) }).await.unwrap(), 7);
    }
}
