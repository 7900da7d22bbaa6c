"""The catalog: one file (or, for a long topic, one folder) a topic. The name is the command, ``Options`` are its options."""
