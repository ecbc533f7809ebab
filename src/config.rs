//! `gtr.yaml` text to [`Settings`](crate::settings::Settings).
