"""From edition to data: what programs read instead of the pages."""
