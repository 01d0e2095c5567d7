"""Pages that no file holds: made from the edition, each by the room that it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Made:
    """A page: its address below docs, its title and template, and what the template is given once it is rendered."""

    uri: str
    title: str
    template: str
    context: Callable[[], Mapping[str, object]]
