"""Short seeded experiments for empirical claims. Whole runs are vectorised; only correctly rounded operations are used, so that the
counts are the same on every machine."""
