//! How results look: one output format a file.
