//! A table to look things up in by hash, and nothing else.

#![expect(clippy::disallowed_types, reason = "nobody can ask for the order in which it holds things")]

use std::collections::HashMap;
use std::hash::Hash;

/// What is known by a key. It cannot be gone through, so that no answer can depend on an order that differs from run to run.
pub(crate) struct Lookup<K, V>(HashMap<K, V>);

impl<K, V> Default for Lookup<K, V> {
    fn default() -> Self {
        Lookup(HashMap::new())
    }
}

impl<K: Eq + Hash, V> Lookup<K, V> {
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.0.get(key)
    }

    pub(crate) fn insert(&mut self, key: K, value: V) {
        self.0.insert(key, value);
    }
}
