//! All reading: paths, globs, standard input, companions. Finds candidates, recognises nothing.
