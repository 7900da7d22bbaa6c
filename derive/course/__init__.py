"""A course: several topics and own texts, in order, as one PDF and a small static site.

``plan`` reads ``course.toml``; ``note_page`` turns an own text with its findings into a page; ``making`` makes the pages; ``site``
lays them out as files; ``building`` writes these.
"""
