"""A small SVG of cost and index size over the number of articles."""

from __future__ import annotations

import math
from typing import Any

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 320, 60, 270, 40
_STYLE = "font-family:sans-serif;font-size:12px;fill:#333"


def draw(rows: list[dict[str, Any]]) -> str:
    """Processor milliseconds and index bytes an article, over a logarithmic axis."""
    low, high = (math.log10(rows[at]["articles"]) for at in (0, -1))
    most = 1.5 * max(10.0, *(row["cpu_ms_mean"] for row in rows))
    most_bytes = 1.1 * max(row["bytes_per_article"] for row in rows)

    def place(row: dict[str, Any], share: float) -> tuple[float, float]:
        across = (math.log10(row["articles"]) - low) / ((high - low) or 1)
        return LEFT + 20 + across * (WIDTH - 2 * LEFT - 40), BOTTOM - share * (BOTTOM - TOP)

    def line(name: str, limit: float, colour: str) -> str:
        points = [place(row, row[name] / limit) for row in rows]
        path = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        labels = "".join(
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="{colour}"/>'
            f'<text x="{x:.0f}" y="{y - 8:.0f}" text-anchor="middle" style="{_STYLE}">{row[name]:g}</text>'
            for row, (x, y) in zip(rows, points, strict=True)
        )
        return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>{labels}'

    limit_y = BOTTOM - 10 / most * (BOTTOM - TOP)
    ticks = "".join(
        f'<text x="{place(row, 0)[0]:.0f}" y="{BOTTOM + 18}" text-anchor="middle" style="{_STYLE}">{row["articles"]:,}</text>'
        for row in rows
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>Cost of relating one article, and its index, by size of the archive</title>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        f'<line x1="{LEFT}" y1="{BOTTOM}" x2="{WIDTH - LEFT}" y2="{BOTTOM}" stroke="#999"/>'
        f'<line x1="{LEFT}" y1="{limit_y:.0f}" x2="{WIDTH - LEFT}" y2="{limit_y:.0f}" stroke="#c33" stroke-dasharray="4"/>'
        f'<text x="{WIDTH - LEFT}" y="{limit_y - 4:.0f}" text-anchor="end" style="{_STYLE}">10 ms</text>'
        + line("cpu_ms_mean", most, "#1f77b4")
        + line("bytes_per_article", most_bytes, "#2ca02c")
        + ticks
        + f'<text x="{LEFT}" y="20" style="{_STYLE}">blue: processor ms an article, mean; '
        f"green: index bytes an article; across: stored articles</text></svg>\n"
    )
