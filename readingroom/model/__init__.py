"""What a document is: text, labelled ranges, what was read from them, and dates. Imports nothing of ours."""
