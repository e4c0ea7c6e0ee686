//! A place for things made one after the other and never moved: whoever has the shelf may keep pointing at what stands there.

use std::sync::OnceLock;

/// So many places, each filled once.
#[derive(Debug)]
pub(crate) struct Shelf<T>(Box<[OnceLock<Box<T>>]>);

impl<T> Shelf<T> {
    pub(crate) fn new(places: usize) -> Self {
        Shelf((0..places).map(|_| OnceLock::new()).collect())
    }

    /// What stands at this number, made now if it is not there. Should two ask at once, one waits for what the other makes.
    pub(crate) fn get_or_make(&self, number: u32, make: impl FnOnce() -> T) -> &T {
        self.0[number as usize].get_or_init(|| Box::new(make()))
    }

    /// What stands at this number.
    pub(crate) fn get(&self, number: u32) -> Option<&T> {
        self.0[number as usize].get().map(Box::as_ref)
    }
}
