"""The editors' layer: annotation files, authority pages, glossary, and the links they make across the collection."""
