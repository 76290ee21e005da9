"""The digest: stories since the last one, each once, with its facts, the proof and all its outlets."""

from pipeline.digest.build import build_digest
from pipeline.digest.records import Digest, OutletView, PlayerName, StoryView, Subscription, Told
from pipeline.digest.render import render_html, render_text, subject
from pipeline.digest.stored import digest_from_row, digest_row

__all__ = [
    "Digest",
    "OutletView",
    "PlayerName",
    "StoryView",
    "Subscription",
    "Told",
    "build_digest",
    "digest_from_row",
    "digest_row",
    "render_html",
    "render_text",
    "subject",
]
