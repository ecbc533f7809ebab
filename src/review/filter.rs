//! A quick “no” to whether a hash is one of many.

/// One bit for each value that some bits of a hash can have.
#[derive(Debug)]
pub(super) struct Filter {
    bits: Box<[u64]>,
}

/// Bits of a hash that are looked at: for some thousand hashes a tenth of all others pass.
const WIDTH: u32 = 16;

impl Filter {
    /// Takes the hashes. Their upper 16 bits must be spread.
    pub(super) fn new(hashes: impl IntoIterator<Item = u64>) -> Self {
        let mut bits = vec![0; 1 << (WIDTH - 6)].into_boxed_slice();
        for hash in hashes {
            let at = place(hash);
            bits[at / 64] |= 1 << (at % 64);
        }
        Self { bits }
    }

    /// `false` when a hash is none of them, nine times in ten.
    pub(super) fn may_have(&self, hash: u64) -> bool {
        let at = place(hash);
        self.bits[at / 64] & 1 << (at % 64) != 0
    }
}

/// Where a hash's bit is.
fn place(hash: u64) -> usize {
    (hash >> (64 - WIDTH)) as usize
}
