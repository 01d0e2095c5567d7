"""How a document is cited: one record of it, and the forms that are made from the record."""
