"""Digests: of things that are the same, the same."""

from __future__ import annotations

import hashlib


def digest_of(*parts: object) -> str:
    """Return the SHA-256 of things that tell themselves apart by their representation, in hexadecimal."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()
