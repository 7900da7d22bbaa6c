"""Other people's text: files to documents, documents to judged relations with their places in the file."""
