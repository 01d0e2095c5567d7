"""From files to text: which files are seeds, what they are called, how they are decoded."""
