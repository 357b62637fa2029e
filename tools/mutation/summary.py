"""What the results mean, as text and as JSON."""

import collections
import json

from mutation.survivors import key_of
from mutation.trial import DOES_NOT_COMPILE, ERROR, NOTICED, SAME_CODE, SURVIVED


def _share(noticed, mutants):
    return 100.0 * noticed / mutants if mutants else 0.0


class Summary:
    """of results; `reasons` explains survivors, `stale` are the keys of those that explain none."""

    def __init__(self, results, reasons, stale):
        self.counts = collections.Counter(result.outcome for result in results)
        self.stale = stale
        self.errors = [result for result in results if result.outcome == ERROR]
        self.survivors = [(result.mutant, reasons.get(key_of(result.mutant)))
                          for result in results if result.outcome == SURVIVED]
        self.unexplained = sum(reason is None for _, reason in self.survivors)
        self.mutants = self.counts[NOTICED] + self.counts[SURVIVED]
        self.share = _share(self.counts[NOTICED], self.mutants)
        self.sources = {}
        for result in results:
            self.sources.setdefault(result.mutant.source, collections.Counter())[result.outcome] += 1

    def is_enough(self, at_least):
        return self.mutants > 0 and self.share >= at_least and self.unexplained == 0 and not self.errors

    def as_json(self):
        def numbers(counts):
            mutants = counts[NOTICED] + counts[SURVIVED]
            return {"mutants": mutants, "noticed": counts[NOTICED], "share": round(_share(counts[NOTICED], mutants), 1),
                    "does_not_compile": counts[DOES_NOT_COMPILE], "same_code": counts[SAME_CODE]}

        def place(mutant):
            return {"source": mutant.source, "line": mutant.line, "kind": mutant.kind, "before": mutant.before,
                    "after": mutant.after}

        return json.dumps({
            "total": numbers(self.counts),
            "sources": {source: numbers(counts) for source, counts in sorted(self.sources.items())},
            "survivors": [dict(place(mutant), reason=reason) for mutant, reason in self.survivors],
            "errors": [dict(place(result.mutant), detail=result.detail) for result in self.errors],
            "stale": [dict(zip(("source", "before", "after"), key)) for key in self.stale],
        }, indent=2)

    def as_text(self):
        width = max((len(source) for source in self.sources), default=0)
        lines = [f"{'source':{width}}  mutants  noticed   share"]
        for source, counts in [*sorted(self.sources.items()), ("total", self.counts)]:
            mutants = counts[NOTICED] + counts[SURVIVED]
            lines.append(f"{source:{width}}  {mutants:7}  {counts[NOTICED]:7}  "
                         + (f"{_share(counts[NOTICED], mutants):5.1f}%" if mutants else "     -"))
        lines += [f"Left out: {self.counts[DOES_NOT_COMPILE]} do not compile, "
                  f"{self.counts[SAME_CODE]} are compiled to the same code."]
        for mutant, reason in self.survivors:
            lines += ["", f"{mutant.source}:{mutant.line}: {mutant.kind} survived", f"  - {mutant.before}",
                      f"  + {mutant.after}", f"  {reason or 'NOT EXPLAINED'}"]
        for result in self.errors:
            lines += ["", f"{result.mutant.source}:{result.mutant.line}: {result.mutant.kind}: ERROR: {result.detail}",
                      f"  - {result.mutant.before}", f"  + {result.mutant.after}"]
        for source, before, after in self.stale:
            lines += ["", f"{source}: an explanation is STALE, no such mutant survives", f"  - {before}", f"  + {after}"]
        lines += ["", f"{self.counts[NOTICED]} of {self.mutants} mutants noticed, {self.share:.1f}%; "
                  f"{len(self.survivors)} survivors, {self.unexplained} of them not explained; "
                  f"{len(self.errors)} errors; {len(self.stale)} stale explanations"]
        return "\n".join(lines)
