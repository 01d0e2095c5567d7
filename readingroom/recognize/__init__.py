"""Recognizers: what archives, censors, carriers and authors put on a paper, found in its text and labelled."""
