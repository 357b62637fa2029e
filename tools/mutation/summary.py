"""What the results mean, as text and as JSON."""

import json

from mutation.survivors import NO_FAULT, key_of
from mutation.trial import DOES_NOT_COMPILE, ERROR, NOTICED, SAME_CODE, SURVIVED


class Count:
    """of mutants: those that could be tried, those that were noticed, and those that are no fault."""

    def __init__(self, results, explanations):
        def number(outcome):
            return sum(result.outcome == outcome for result in results)

        self.noticed = number(NOTICED)
        self.mutants = self.noticed + number(SURVIVED)
        self.no_fault = sum(result.outcome == SURVIVED and key_of(result.mutant) in explanations
                            and explanations[key_of(result.mutant)].verdict in NO_FAULT for result in results)
        self.does_not_compile, self.same_code = number(DOES_NOT_COMPILE), number(SAME_CODE)
        faults = self.mutants - self.no_fault
        self.share = 100.0 * self.noticed / faults if faults else None

    def as_json(self):
        return {"mutants": self.mutants, "noticed": self.noticed, "no_fault": self.no_fault,
                "share": None if self.share is None else round(self.share, 1),
                "does_not_compile": self.does_not_compile, "same_code": self.same_code}

    def share_text(self):
        return "-" if self.share is None else f"{self.share:.1f}%"


class Summary:
    """of results; `explanations` are those of survivors, `stale` the keys of those that explain none."""

    def __init__(self, results, explanations, stale):
        self.stale = stale
        self.errors = [result for result in results if result.outcome == ERROR]
        self.survivors = [(result.mutant, explanations.get(key_of(result.mutant)))
                          for result in results if result.outcome == SURVIVED]
        self.unexplained = sum(explanation is None for _, explanation in self.survivors)
        self.total = Count(results, explanations)
        self.sources = {
            source: Count([result for result in results if result.mutant.source == source], explanations)
            for source in sorted({result.mutant.source for result in results})}

    def is_enough(self, at_least):
        return (self.total.share is not None and self.total.share >= at_least and self.unexplained == 0
                and not self.errors)

    def as_json(self):
        def place(mutant):
            return {"source": mutant.source, "line": mutant.line, "kind": mutant.kind, "before": mutant.before,
                    "after": mutant.after}

        return json.dumps({
            "total": self.total.as_json(),
            "sources": {source: count.as_json() for source, count in self.sources.items()},
            "survivors": [dict(place(mutant), explanation=explanation and explanation._asdict())
                          for mutant, explanation in self.survivors],
            "errors": [dict(place(result.mutant), detail=result.detail) for result in self.errors],
            "stale": [dict(zip(("source", "before", "after"), key)) for key in self.stale],
        }, indent=2)

    def _table(self):
        width = max((len(source) for source in self.sources), default=0)
        yield f"{'source':{width}}  mutants  noticed  no fault   share"
        for source, count in [*self.sources.items(), ("total", self.total)]:
            yield f"{source:{width}}  {count.mutants:7}  {count.noticed:7}  {count.no_fault:8}  {count.share_text():>6}"
        yield (f"Left out: {self.total.does_not_compile} do not compile, {self.total.same_code} are compiled to the "
               "same code.")

    def as_text(self):
        lines = [*self._table()]
        for mutant, explanation in self.survivors:
            why = f"{explanation.verdict}: {explanation.reason}" if explanation else "NOT EXPLAINED"
            lines += ["", f"{mutant.source}:{mutant.line}: {mutant.kind} survived", f"  - {mutant.before}",
                      f"  + {mutant.after}", f"  {why}"]
        for result in self.errors:
            lines += ["", f"{result.mutant.source}:{result.mutant.line}: {result.mutant.kind}: ERROR: {result.detail}",
                      f"  - {result.mutant.before}", f"  + {result.mutant.after}"]
        for source, before, after in self.stale:
            lines += ["", f"{source}: an explanation is STALE, no such mutant survives", f"  - {before}",
                      f"  + {after}"]
        total = self.total
        lines += ["", f"{total.noticed} of {total.mutants} mutants noticed, {total.no_fault} are no fault: "
                  f"{total.share_text()} of the faults; {len(self.survivors)} survivors, {self.unexplained} of them "
                  f"not explained; {len(self.errors)} errors; {len(self.stale)} stale explanations"]
        return "\n".join(lines)
