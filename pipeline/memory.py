"""What the remembering stages need of what was seen before: small protocols, fulfilled by the store and by an in-memory twin."""
