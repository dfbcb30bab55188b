"""Turns the results of all repetitions into one table."""

import statistics

import plan

TITLES = {"raw": "raw C", "bare": "raw C, no index", "py": "pyeventsourcing", "ours": "ours",
          "hummingbird": "bare Hummingbird", "nginx": "nginx"}
# Who has a column, and whom ours is divided by, with the name of that in the JSON file.
USUAL = (("ours", "raw", "bare", "py"), {"raw": "ratio_to_raw", "py": "ratio_to_pyeventsourcing"})
WEB = (("ours", "hummingbird", "nginx"), {"hummingbird": "ratio_to_hummingbird", "nginx": "ratio_to_nginx"})


def columns(only):
    return WEB if only == "web" else USUAL


def table(runs, store_events, devices, corrections, only=None):
    """One row per figure: per contestant n, median, least and most; ratios, aim and verdict."""
    rows = []
    order, ratios = columns(only)
    for figure in plan.figures(store_events, devices, corrections):
        row = {"workload": figure.workload, "title": figure.title, "unit": figure.unit, "contestants": {}}
        for name in order:
            results = [one["result"] for one in runs
                       if one["workload"] == figure.workload and one["contestant"] == name]
            values = [value for value in map(figure.value, results) if value is not None]
            if values:
                counts = [figure.count(result) or 0 for result in results]
                row["contestants"][name] = {
                    "repetitions": len(values), "n": int(statistics.median(counts)),
                    "median": statistics.median(values), "min": min(values), "max": max(values)}
        if not row["contestants"]:
            continue
        medians = {name: cell["median"] for name, cell in row["contestants"].items()}
        for other, name in ratios.items():
            known = medians.get("ours") is not None and medians.get(other)
            row[name] = medians["ours"] / medians[other] if known else None
        if figure.aim:
            row["aim"] = figure.aim.words()
            row["verdict"] = figure.aim.verdict(medians.get("ours"), medians)
        rows.append(row)
    return rows


def number(value):
    if value is None:
        return "–"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _cell(cell):
    if cell is None:
        return "–"
    spread = f" ({number(cell['min'])}–{number(cell['max'])})" if cell["repetitions"] > 1 else ""
    return f"{number(cell['median'])}{spread}<br>n = {cell['repetitions']} × {cell['n']:,}"


def markdown(result):
    """The environment, the table, what each contestant does, and what disturbed the run."""
    lines = ["# Bench", "", *_environment(result), "", "## Figures", "",
             "Median of the repetitions (least–most); n = repetitions × operations or events in each.", ""]
    order, ratios = columns(result.get("only"))
    lines.append("| work | unit | " + " | ".join(TITLES[name] for name in order) + " | "
                 + " | ".join(f"ours ÷ {TITLES[other]}" for other in ratios) + " | aim | verdict |")
    lines.append("|---|---|" + "---|" * (len(order) + len(ratios) + 2))
    for row in result["table"]:
        cells = [_cell(row["contestants"].get(name)) for name in order]
        beside = [number(row[name]) for name in ratios.values()]
        lines.append("| " + " | ".join([row["title"], row["unit"], *cells, *beside,
                                        row.get("aim", ""), row.get("verdict", "")]) + " |")
    lines += ["", "## Where we fall short", "", *_losses(result["table"], result.get("only")), ""]
    lines += ["## What each contestant does", "", plan.DOES_WEB if result.get("only") == "web" else plan.DOES]
    lines += _sizes(result["runs"])
    lines += ["## Notes", "", *(f"- {note}" for note in result["notes"]), ""]
    return "\n".join(lines)


def _losses(table, only):
    """Aims not met, and rates below those of who is no store in C, with the reason last found."""
    found, explained = [], []
    beside = [(other, name) for other, name in columns(only)[1].items() if other != "raw"]
    for row in table:
        behind = [f"{number(row[name])} × {TITLES[other]}" for other, name in beside
                  if row[name] is not None and row["unit"] in ("events/s", "requests/s") and row[name] < 1]
        if row.get("verdict", "").startswith("short"):
            found.append(f"- {row['title']}: aim {row['aim']}, {row['verdict']}"
                         + (f"; {', '.join(behind)}" if behind and only == "web" else ""))
        elif behind:
            found.append(f"- {row['title']}: {', '.join(behind)}")
        else:
            continue
        if row["workload"] in plan.REASONS and row["workload"] not in explained:
            explained.append(row["workload"])
            found[-1] += f". Looked into: {plan.REASONS[row['workload']]}."
    return found or ["- nowhere in this run"]


def _environment(result):
    machine, events, sync = result["environment"], result["events"], result["fdatasync"]
    system = machine["file_system"]
    return [
        f"- {machine['cpu']}, {machine['cores']} cores, {machine['memory_bytes'] / 2**30:.0f} GiB; "
        f"{machine['system']}, kernel {machine['kernel']}",
        f"- stores: {result['folder']}; {system['type']} ({system['device']}, {system['options']})",
        f"- fdatasync after 8 KiB: p50 {number(sync['p50_ms'])} ms, p99 {number(sync['p99_ms'])} ms, "
        f"longest {number(sync['max_ms'])} ms, n = {sync['operations']:,}",
        f"- SQLite {machine['sqlite']}; {machine['swift']}; {machine['compiler']}; "
        f"pyeventsourcing {machine.get('eventsourcing')}, Python {machine.get('python')}",
        *([] if not events else [
            f"- {events['count']:,} events, seed {events['seed']}: body median {events['body_bytes']['median']} bytes "
            f"(mean {events['body_bytes']['mean']}, p99 {events['body_bytes']['p99']}); "
            f"record mean {events['record_bytes']['mean']} bytes"]),
        f"- {result['repetitions']} repetitions, contestants in turn; "
        f"every {'ledger' if result.get('only') == 'web' else 'contestant'} WAL, "
        f"synchronous=FULL, secure_delete; load at start {machine['load_at_start']}, "
        f"{result['seconds']:.0f} s in all",
    ]


def _sizes(runs):
    lines = []
    for workload, title in (("size", "the large store"), ("size_one", "one event a commit")):
        found = [one for one in runs if one["workload"] == workload and one["result"]["tables"]]
        if not found:
            continue
        lines += [f"## Bytes per event by table, {title}", "",
                  "| contestant | table or index | bytes/event | of which content |", "|---|---|---|---|"]
        for one in found:
            events = one["result"]["events"]
            for name, size in sorted(one["result"]["tables"].items()):
                if size["payload"] / events >= 0.05:
                    lines.append(f"| {TITLES[one['contestant']]} | {name} | {size['bytes'] / events:.1f} "
                                 f"| {size['payload'] / events:.1f} |")
            lines.append(f"| {TITLES[one['contestant']]} | the records themselves "
                         f"| {one['result']['record_bytes'] / events:.1f} | |")
        lines.append("")
    return lines
