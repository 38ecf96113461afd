"""Draws what the benchmarks wrote: python3 plot.py FOLDER

FOLDER/sizes.json, bench.json, layouts.json, functions.json and expressions.json, those that are there,
become PNG and SVG pictures beside them. Needs Matplotlib, which python-peers.sh installs. Marks are
medians, bands and whiskers go from the lower to the upper quartile, thin lines from the least to the
greatest. A peer that is absent is not drawn."""
import json
import pathlib
import statistics
import sys
import textwrap

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as pyplot  # noqa: E402

# Told apart by people who see colours unlike others (Okabe and Ito); kin have one colour and another
# line and marker.
BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, RED, PURPLE = (
    "#000000", "#e69f00", "#56b4e9", "#009e73", "#d6c800", "#0072b2", "#d55e00", "#cc79a7")
GRAY = "#888888"
STYLES = {  # colour, line, marker, hatch
    "clwise": (RED, "-", "o", ""), "clwise call": (RED, "-", "o", ""),
    "clwise plan": (RED, "--", "s", "//"), "clwise eval": (RED, ":", "^", ".."),
    "one by one": (RED, "--", "s", "//"),
    "OpenCL": (BLUE, "-", "o", ""), "OpenCL streaming": (BLUE, "--", "s", "//"),
    "by hand": (BLUE, "--", "s", "//"), "built-in": (BLUE, "-", "o", ""),
    "C": (GREEN, "-", "o", ""), "C, one thread": (GREEN, ":", "^", ".."),
    "C streaming": (GREEN, "--", "s", "//"), "libgpuarray": (YELLOW, "-", "v", ""),
    "PyOpenCL": (YELLOW, "--", "D", "//"), "NumPy": (ORANGE, "-", "o", ""),
    "PyTorch": (PURPLE, "-", "o", ""), "numexpr": (SKY, "-", "o", ""), "JAX": (GRAY, "-", "o", "")}
NOT_DRAWN = {"copy", "memcpy"}
FROM_MEMORY = 100e6  # bytes: no cache holds them
MOST_ROWS = 30  # of a column
BY_HAND = ("C", "C, one thread", "C streaming", "OpenCL", "OpenCL streaming")


def is_ours(peer):
    return peer.startswith("clwise")


def command(report):
    """Without the folders of whoever ran it."""
    return " ".join(word.rsplit("/", maxsplit=1)[-1] for word in report["command"].split())


def caption(report):
    machine = report["machine"]
    caches = ", ".join(cache for cache in machine["caches"] if "Instruction" not in cache)
    return (f"{machine['processor']}, {machine['cores']} cores, {caches}, "
            f"{machine['memory'] / 2**30:.0f} GiB; {report['platform']} {report['driver']}, "
            f"{report['device']}, {report['compute_units']} threads; {report['date']}; "
            f"{command(report)}")


def save(figure, folder, name, report, top=1):
    width = int(figure.get_size_inches()[0] * 15)
    lines = textwrap.wrap(caption(report), width)
    height = figure.get_size_inches()[1]
    figure.tight_layout(rect=(0, 0.17 * len(lines) / height, 1, top))
    figure.text(0.01, 0.06 / height, "\n".join(lines), fontsize=7, color="#444444",
                verticalalignment="bottom")
    for kind in "png", "svg":
        figure.savefig(folder / f"{name}.{kind}", dpi=110)
    pyplot.close(figure)
    print(folder / f"{name}.png")


def spread(row, peer):
    """median, quartiles, least, greatest in seconds, or None."""
    figure = row["figures"].get(peer)
    return figure and (figure["median"], *figure["quartiles"], figure["least"], figure["greatest"])


# ---- Lines over sizes ----

def draw_line(axes, works, peer, value):
    points = [(work["elements"], [value(work, seconds) for seconds in spread(work, peer)])
              for work in works if spread(work, peer)]
    if not points:
        return
    color, line, marker, _ = STYLES[peer]
    places = [elements for elements, _ in points]
    medians, lower, upper, least, greatest = zip(*(values for _, values in points))
    axes.fill_between(places, lower, upper, color=color, alpha=0.2, linewidth=0)
    axes.vlines(places, least, greatest, color=color, linewidth=0.6, alpha=0.5)
    axes.plot(places, medians, label=peer, color=color, linestyle=line, marker=marker, markersize=4,
              linewidth=2.4 if is_ours(peer) else 1.3, zorder=3 if is_ours(peer) else 2)


def least_by_hand(work):
    return min(work["seconds"][peer] for peer in BY_HAND if work["seconds"].get(peer))


def copy_speed(folder):
    """Bytes per second of copies from memory in clwise-layouts, the median; None: unknown."""
    path = folder / "layouts.json"
    works = json.loads(path.read_text())["works"] if path.exists() else []
    speeds = [work["bytes"] / min(times) for work in works if work["bytes"] > FROM_MEMORY
              and (times := [work["seconds"][peer] for peer in ("clwise copy", "C copy")
                             if work["seconds"].get(peer)])]
    return statistics.median(speeds) if speeds else None


def draw_sizes(folder, report):
    works = report["works"]
    speed = copy_speed(folder)
    kinds = {"time": (lambda work, seconds: seconds * 1e6, "microseconds of a product",
                      lambda work: work["bytes"] / speed * 1e6),
             "bandwidth": (lambda work, seconds: work["bytes"] / seconds * 1e-9,
                           "GB/s read and written", lambda work: speed * 1e-9)}
    for kind, (value, label, limit) in kinds.items():
        figure, axes = pyplot.subplots(figsize=(10, 6.5))
        for peer in works[0]["seconds"]:
            draw_line(axes, works, peer, value)
        places = [work["elements"] for work in works]
        axes.plot(places, [value(work, least_by_hand(work)) for work in works], color=BLACK,
                  linestyle="-.", linewidth=1, label="limit: fastest by hand", zorder=4)
        if speed:
            axes.plot(places, [limit(work) for work in works], color=BLACK, linestyle=":",
                      linewidth=1, label="limit: copy from memory, median")
        axes.set_xscale("log", base=2)
        axes.set_yscale("log")
        axes.set(xlabel="elements", ylabel=label, title="f32 a * b, output given")
        axes.grid(True, which="major", alpha=0.3)
        axes.legend(fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
        save(figure, folder, f"sizes-{kind}", report)


# ---- Bars ----

def draw_rows(axes, rows, peers, base):
    """Rows of (name, row, seconds that are 1); bars begin at `base`."""
    height = 0.84 / len(peers)
    for i, peer in enumerate(peers):
        color, _, _, hatch = STYLES[peer]
        drawn = [(number + (i + 0.5) * height, [s / one for s in spread(row, peer)])
                 for number, (_, row, one) in enumerate(rows) if spread(row, peer)]
        if not drawn:
            continue
        places = [place for place, _ in drawn]
        medians, lower, upper, least, greatest = zip(*(values for _, values in drawn))
        axes.barh(places, [median - base for median in medians], height * 0.92, left=base,
                  label=peer, color=color, hatch=hatch, edgecolor="white", linewidth=0)
        axes.hlines(places, least, greatest, color=BLACK, linewidth=0.5)
        axes.hlines(places, lower, upper, color=BLACK, linewidth=1.6)
    axes.set_yticks([number + 0.42 for number in range(len(rows))], [name for name, _, _ in rows],
                    fontsize=8)
    axes.set_ylim(len(rows), -0.16)
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(matplotlib.ticker.LogLocator(subs=(1, 2, 5), numticks=30))
    axes.xaxis.set_major_formatter(matplotlib.ticker.FormatStrFormatter("%g"))
    axes.xaxis.set_minor_formatter(matplotlib.ticker.NullFormatter())
    axes.tick_params(axis="x", labelsize=8)
    axes.grid(True, axis="x", which="major", alpha=0.4)


def present(rows, but=()):
    """Peers that have a figure in one of the rows, in the order of the file."""
    return [peer for peer in rows[0]["figures"]
            if peer not in but and any(row["figures"].get(peer) for row in rows)]


def draw_small(folder, report):
    rows = [row for row in report["works"]
            if row["name"] in ("f32 multiply 1", "f32 multiply 64", "f32 multiply 4096")]
    peers = present(rows, ("C streaming", "OpenCL streaming"))
    figure, axes = pyplot.subplots(figsize=(9, 7.5))
    draw_rows(axes, [(row["name"], row, 1e-6) for row in rows], peers, 0.01)
    axes.set(xlabel="microseconds", title="Small calls: a product, output given, and its end")
    axes.set_xlim(left=0.01)
    axes.legend(fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    save(figure, folder, "small-calls", report)


def least_c(row):
    return min(row["seconds"][peer] for peer in ("C", "C other order") if row["seconds"].get(peer))


def draw_blocked(folder, report):
    """Beside C in blocks, a panel for each dtype."""
    works = [row for row in report["works"] if row["seconds"].get("C")]
    dtypes = list(dict.fromkeys(row["name"].split()[0] for row in works))
    peers = [peer for peer in present(works) if not peer.startswith("C")]
    figure, panels = pyplot.subplots(1, len(dtypes), figsize=(12, 6), sharey=True, squeeze=False)
    for dtype, axes in zip(dtypes, panels[0]):
        rows = [(row["name"].split(maxsplit=1)[1], row, least_c(row)) for row in works
                if row["name"].split()[0] == dtype]
        draw_rows(axes, rows, peers, 1)
        axes.axvline(1, color=BLACK, linewidth=1)
        axes.axvline(1.25, color=RED, linewidth=1.2, linestyle="--",
                     label="bar of clwise: 1.25 times C")
        axes.set(xlabel="time over that of C in blocks", title=dtype)
    handles, labels = panels[0][0].get_legend_handles_labels()
    figure.suptitle("Transposed and strided operands, from memory: to the left is faster")
    figure.legend(handles, labels, fontsize=8, ncol=len(labels), loc="upper center",
                     bbox_to_anchor=(0.5, 0.945))
    save(figure, folder, "layouts", report, top=0.93)


def draw_bounds(folder, report):
    """Other works of clwise-layouts: how near they are to what bounds them, and the bar of each."""
    blocked = {row["name"] for row in report["works"] if row["seconds"].get("C")}
    bars = [bar for bar in report["bars"]
            if bar["value"] and bar["name"].split(" / ")[0] not in blocked]
    figure, axes = pyplot.subplots(figsize=(10, 1.6 + 0.24 * len(bars)))
    places = list(range(len(bars)))
    for met, color, hatch, label in ((True, BLUE, "", "reach"), (False, ORANGE, "//", "miss")):
        shown = [i for i in places if bars[i]["met"] is met]
        axes.barh(shown, [bars[i]["value"] for i in shown], 0.7, color=color, hatch=hatch,
                  edgecolor="white", linewidth=0, label=label)
    axes.vlines([bar["limit"] for bar in bars], [i - 0.45 for i in places],
                [i + 0.45 for i in places], color=BLACK, linewidth=2, label="bar")
    axes.set_yticks(places, [bar["name"] for bar in bars], fontsize=8)
    axes.set_ylim(len(bars) - 0.4, -0.6)
    axes.set(xlabel="time over that of what bounds it",
             title="Broadcast operands, mixed dtypes, masks, new outputs")
    axes.grid(True, axis="x", alpha=0.4)
    axes.legend(fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    save(figure, folder, "layouts-bounds", report)


def draw_layouts(folder, report):
    if any(row["seconds"].get("C") for row in report["works"]):
        draw_blocked(folder, report)
    draw_bounds(folder, report)


def draw_beside(folder, report, name, title, rows):
    """Rows of (name, row): how many times as long as clwise each peer takes."""
    peers = present([row for _, row in rows], NOT_DRAWN | {"clwise"})
    if not peers:
        return
    columns = -(-len(rows) // MOST_ROWS)
    each = -(-len(rows) // columns)
    figure, panels = pyplot.subplots(1, columns, sharex=True, squeeze=False,
                                     figsize=(6 + 4 * columns, 1.8 + 0.1 * each * (len(peers) + 2)))
    for i, axes in enumerate(panels[0]):
        draw_rows(axes, [(name, row, row["seconds"]["clwise"])
                         for name, row in rows[i * each:(i + 1) * each]], peers, 1)
        axes.axvline(1, color=BLACK, linewidth=1)
        axes.set(xlabel="time over clwise's: to the right of 1 clwise is faster",
                 title=title if i == 0 else "")
    legend = {}
    for axes in panels[0]:
        handles, labels = axes.get_legend_handles_labels()
        legend |= zip(labels, handles)
    panels[0][-1].legend(legend.values(), legend.keys(), fontsize=8, loc="center left",
                         bbox_to_anchor=(1, 0.5))
    save(figure, folder, name, report)


def draw_expressions(folder, report):
    rows = [(row["name"], row) for row in report["expressions"] if row["seconds"].get("clwise")]
    draw_beside(folder, report, "expressions", "Expressions as one kernel", rows)


def draw_functions(folder, report):
    for dtype in dict.fromkeys(row["dtype"] for row in report["functions"]):
        rows = [(row["function"], row) for row in report["functions"]
                if row["dtype"] == dtype and row["seconds"].get("clwise")]
        if rows:
            draw_beside(folder, report, f"functions-{dtype}", f"Functions of {dtype}", rows)


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: python3 plot.py FOLDER")
    folder = pathlib.Path(sys.argv[1])
    for name, draw in {"sizes": draw_sizes, "bench": draw_small, "layouts": draw_layouts,
                       "functions": draw_functions, "expressions": draw_expressions}.items():
        path = folder / f"{name}.json"
        if path.exists():
            draw(folder, json.loads(path.read_text()))


if __name__ == "__main__":
    main()
