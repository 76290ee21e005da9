"""Tables, writes and reads; with `pipeline.search` the only rooms that speak SQL. Begin at `pipeline.store.store`."""
