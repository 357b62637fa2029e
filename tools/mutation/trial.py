"""Does the suite notice a mutant?"""

import collections
import concurrent.futures
import json
import pathlib
import tempfile

from mutation import libraries
from mutation.libraries import ROOT, DoesNotCompile, SetUpError, build_mutant, run

PROGRAM = ROOT / "build/bin/linux-x64/mmio-cts"
NOTICED, SURVIVED = "noticed", "survived"
DOES_NOT_COMPILE, SAME_CODE, ERROR = "does not compile", "same code", "error"

# `detail` says what went wrong if the outcome is ERROR.
Result = collections.namedtuple("Result", "mutant outcome detail")

# A procedure, what is declared of it, and the level that the unchanged one keeps.
Subject = collections.namedtuple("Subject", "library procedure manifest level")


# A little of everything: most mutants are noticed by these few cases, and one that hangs does so a few times only.
FIRST_CASES = "general/*"


def _judge(library, subject, folder, *selection):
    # The jobs run beside each other already. A message that takes seconds hangs.
    return run([PROGRAM, "run", library, "--proc", subject.procedure, "--manifest", subject.manifest, "--level",
                subject.level, "--jobs", "1", "--timeout", "2", *selection], folder)


def _manifest(library, procedure, folder):
    """What the unchanged procedure is found to be is declared, so that a mutant that lost a capability fails."""
    known = ROOT / "fixtures/candidates" / f"{library.name}.json"
    if known.exists():
        return known
    manifest = json.loads(libraries.output_of([PROGRAM, "probe", library.path, "--proc", procedure, "--json"]))
    del manifest["library"]
    path = folder / f"{library.name}.{procedure}.json"
    path.write_text(json.dumps(manifest))
    return path


def find_subject(library, procedure, folder):
    """A piece of the gallery may break a should on purpose; then only what it must do is asked of its mutants."""
    manifest = _manifest(library, procedure, folder)
    for level in ("should", "must"):
        subject = Subject(library, procedure, manifest, level)
        result = _judge(library.path, subject, folder)
        if result.returncode == 0:
            return subject
    raise SetUpError(f"the unchanged {library.name} {procedure} gives exit code {result.returncode}:\n"
                     f"{result.stdout}{result.stderr}")


def _noticed(library, subject, folder):
    """1: a finding, a crash or a hang; 3: no OPEN succeeds; 4: hardly a message does."""
    if _judge(library, subject, folder, "--filter", FIRST_CASES).returncode in (1, 3):
        return True
    result = _judge(library, subject, folder)
    if result.returncode in (1, 3, 4):
        return True
    if result.returncode == 0:
        return False
    raise RuntimeError(f"{subject.procedure}: exit code {result.returncode}: {result.stderr.strip()[-300:]}")


def _outcome(mutant, subjects, folder):
    built = {}
    for subject in subjects:
        name = subject.library.name
        if not any(mutant.source in object.needs for object in subject.library.objects):
            continue
        if name not in built:
            place = folder / name
            place.mkdir()
            built[name] = build_mutant(subject.library, mutant, place)
        if built[name] is not None and _noticed(built[name], subject, folder / name):
            return NOTICED
    return SURVIVED if any(built.values()) else SAME_CODE


def try_mutant(mutant, subjects):
    with tempfile.TemporaryDirectory(prefix="mutate.") as folder:
        try:
            return Result(mutant, _outcome(mutant, subjects, pathlib.Path(folder)), "")
        except DoesNotCompile:
            return Result(mutant, DOES_NOT_COMPILE, "")
        except (RuntimeError, OSError) as error:
            return Result(mutant, ERROR, str(error))


def try_all(mutants, subjects, jobs, tell):
    """The results so far if it is interrupted, and whether it was; tell(results) after each."""
    results, interrupted = [], False
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        waiting = [pool.submit(try_mutant, mutant, subjects) for mutant in mutants]
        try:
            for done in concurrent.futures.as_completed(waiting):
                results.append(done.result())
                tell(results)
        except KeyboardInterrupt:
            interrupted = True
            pool.shutdown(wait=True, cancel_futures=True)
    order = {id(mutant): place for place, mutant in enumerate(mutants)}
    return sorted(results, key=lambda result: order[id(result.mutant)]), interrupted
