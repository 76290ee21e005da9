"""Delivery of digests and alarms: one channel a file here, chosen by the scheme of its address.

A channel's file names its `SCHEMES`, an `EXAMPLE` address, and `open_channel(address)`, which checks the address and
returns a `Channel`. Dropping such a file in here is all it takes.
"""

from pipeline.delivery.channel import Channel, Message
from pipeline.delivery.choice import hidden_address, open_channel, schemes

__all__ = ["Channel", "Message", "hidden_address", "open_channel", "schemes"]
