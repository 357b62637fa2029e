"""Why a mutant may survive: tools/mutate_survivors.json holds a list of

    {"source": "reference_proc/seek.cpp", "before": "the line", "after": "the changed line", "reason": "..."}

Lines, not their numbers, so that an explanation survives changes elsewhere in the file."""

import json

from mutation.trial import SURVIVED


class BadExplanations(Exception):
    pass


def key_of(mutant):
    return mutant.source, mutant.before, mutant.after


def read_explanations(path):
    """From keys to reasons."""
    members = {"source", "before", "after", "reason"}
    reasons = {}
    try:
        entries = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise BadExplanations(f"{path.name}: {error}")
    for place, entry in enumerate(entries):
        if set(entry) != members or not all(isinstance(value, str) and value for value in entry.values()):
            raise BadExplanations(f"{path.name}: /{place}: wanted are the strings {', '.join(sorted(members))}")
        key = entry["source"], entry["before"], entry["after"]
        if key in reasons:
            raise BadExplanations(f"{path.name}: /{place}: explained twice: {key}")
        reasons[key] = entry["reason"]
    return reasons


def stale(reasons, mutants, results):
    """Keys of explanations that explain nothing: there is no such mutant any more, or it was tried and did not survive.
    Those that were not tried may be right."""
    survived = {key_of(result.mutant) for result in results if result.outcome == SURVIVED}
    tried = {key_of(result.mutant) for result in results}
    possible = {key_of(mutant) for mutant in mutants}
    return [key for key in reasons if key not in survived and (key in tried or key not in possible)]
