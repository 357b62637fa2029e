"""Why a mutant may survive: tools/mutate_survivors.json holds a list of

    {"source": "reference_proc/seek.cpp", "before": "the line", "after": "the changed line",
     "verdict": "equivalent", "reason": "..."}

Lines, not their numbers, so that an explanation survives changes elsewhere in the file. The verdicts:

    equivalent    no message tells it from the original; it may be slower, or take more memory
    allowed       the contract leaves it open, or asks for it at a lower level than should
    out_of_reach  a fault, but no case can bring about what shows it: it counts as missed"""

import collections
import json

from mutation.trial import SURVIVED


EQUIVALENT, ALLOWED, OUT_OF_REACH = "equivalent", "allowed", "out_of_reach"
NO_FAULT = (EQUIVALENT, ALLOWED)

Explanation = collections.namedtuple("Explanation", "verdict reason")


class BadExplanations(Exception):
    pass


def key_of(mutant):
    return mutant.source, mutant.before, mutant.after


def read_explanations(path):
    """By key."""
    members = {"source", "before", "after", "verdict", "reason"}
    explanations = {}
    try:
        entries = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise BadExplanations(f"{path.name}: {error}")
    for place, entry in enumerate(entries):
        if set(entry) != members or not all(isinstance(value, str) and value for value in entry.values()):
            raise BadExplanations(f"{path.name}: /{place}: wanted are the strings {', '.join(sorted(members))}")
        if entry["verdict"] not in (*NO_FAULT, OUT_OF_REACH):
            raise BadExplanations(f"{path.name}: /{place}/verdict: unknown: {entry['verdict']}")
        key = entry["source"], entry["before"], entry["after"]
        if key in explanations:
            raise BadExplanations(f"{path.name}: /{place}: explained twice: {key}")
        explanations[key] = Explanation(entry["verdict"], entry["reason"])
    return explanations


def stale(explanations, mutants, results):
    """Keys of explanations that explain nothing: there is no such mutant any more, or it was tried and did not survive.
    Those that were not tried may be right."""
    survived = {key_of(result.mutant) for result in results if result.outcome == SURVIVED}
    tried = {key_of(result.mutant) for result in results}
    possible = {key_of(mutant) for mutant in mutants}
    return [key for key in explanations if key not in survived and (key in tried or key not in possible)]
