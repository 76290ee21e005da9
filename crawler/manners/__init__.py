"""Good manners towards other people's servers: one downloader middleware a file."""
