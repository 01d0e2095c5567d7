"""From edition to Markdown pages with front matter."""
