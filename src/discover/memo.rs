//! Answers kept for who asks again: a file system is slow to ask.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// Answers by question, shared between threads.
#[derive(Debug)]
pub(super) struct Memo<K, V>(Mutex<HashMap<K, V>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    /// The answer, if it is known.
    pub(super) fn known<Q>(&self, question: &Q) -> Option<V>
    where
        K: std::borrow::Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        // The map is valid whatever a thread that panicked was doing: entries are added whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(question).cloned()
    }

    /// The answer that is known, else the one that `find` gives. Two threads may look for the same answer at once,
    /// which is the same for both.
    pub(super) fn get<Q>(&self, question: &Q, find: impl FnOnce() -> V) -> V
    where
        K: std::borrow::Borrow<Q> + for<'a> From<&'a Q>,
        Q: Eq + Hash + ?Sized,
    {
        if let Some(known) = self.known(question) {
            return known;
        }
        let answer = find();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(K::from(question), answer.clone());
        answer
    }
}
