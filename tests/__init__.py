"""The test suite: rooms mirror those of `readingroom`; `cases/` holds one small file an oddity."""
