"""From pages to a site: the only room that knows MkDocs and Pagefind."""
