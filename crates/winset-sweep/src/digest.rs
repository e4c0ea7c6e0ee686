//! One digest for what the rows say, however they were cut into files and whoever computed them.

use sha2::{Digest, Sha256};
use winset_simulate::{Rows, Values};

/// The bytes of a digest as text.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// SHA-256 of a text.
pub(crate) fn of_text(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// SHA-256 over rows: the columns first, with the lists their words come from; then row after row, each value in the order of the columns.
///
/// Whole numbers are eight bytes, words four (the place in their list), numbers that may be missing four with all bits set for nothing, fractions the
/// eight bytes of IEEE 754 with one quiet NaN for nothing; the least byte first.
#[derive(Debug, Clone)]
pub(crate) struct RowsDigest {
    hash: Sha256,
    bytes: Vec<u8>,
}

impl RowsDigest {
    pub(crate) fn new(columns: &Rows) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"winset rows 1\n");
        for column in &columns.columns {
            hash.update((column.name.len() as u64).to_le_bytes());
            hash.update(column.name.as_bytes());
            let words: &[String] = if let Values::Words { words, .. } = &column.values { words } else { &[] };
            hash.update((words.len() as u64).to_le_bytes());
            for word in words {
                hash.update((word.len() as u64).to_le_bytes());
                hash.update(word.as_bytes());
            }
        }
        RowsDigest { hash, bytes: Vec::new() }
    }

    pub(crate) fn add(&mut self, rows: &Rows) {
        for row in 0..rows.len() {
            self.bytes.clear();
            for column in &rows.columns {
                match &column.values {
                    Values::Whole(values) => self.bytes.extend(values[row].to_le_bytes()),
                    Values::Perhaps(values) => self.bytes.extend(values[row].unwrap_or(u32::MAX).to_le_bytes()),
                    Values::Words { places, .. } => self.bytes.extend(places[row].to_le_bytes()),
                    Values::Numbers(values) => {
                        let bits = values[row].map_or(0x7ff8_0000_0000_0000, f64::to_bits);
                        self.bytes.extend(bits.to_le_bytes());
                    }
                }
            }
            self.hash.update(&self.bytes);
        }
    }

    pub(crate) fn finish(self) -> String {
        hex(&self.hash.finalize())
    }
}
