"""The commands about other people's notes, one file each."""
