"""Reading Room: a folder of declassified documents becomes a website that can be cited, searched and annotated."""
