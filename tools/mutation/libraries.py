"""The procedures whose sources are mutated, and how a changed source becomes a library: only the objects that it is
part of are compiled again; the others are those of the build."""

import dataclasses
import json
import os
import pathlib
import shlex
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build/linux-x64"
LIBRARIES = ROOT / "build/lib/linux-x64"
TUTORIAL = "reference_proc/tutorial/tutorial_proc.c"
# An adapter is what an application does for a procedure; nothing of it is judged.
NO_PROCEDURE = ("reference_proc/memory_adapter.cpp",)


class SetUpError(Exception):
    """What is needed is not there; nothing could be learned."""


@dataclasses.dataclass
class Object:
    path: str  # as the link command calls it
    source: str
    compile: list  # the command
    needs: set = dataclasses.field(default_factory=set)  # the source and the headers of the project


@dataclasses.dataclass
class Library:
    name: str
    procedures: list
    objects: list
    link: list  # the command

    @property
    def path(self):
        return pathlib.Path(self.link[self.link.index("-o") + 1])


def run(command, folder=BUILD):
    """Apart from the terminal's group, so that Ctrl-C lets it end by itself."""
    return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          start_new_session=True, errors="replace", cwd=folder,
                          env=dict(os.environ, CCACHE_DISABLE="1"))


def output_of(command, folder=BUILD):
    result = run(command, folder)
    if result.returncode != 0:
        raise SetUpError(f"{shlex.join(str(word) for word in command)} failed:\n{result.stdout}{result.stderr}")
    return result.stdout


def _relative(path):
    path = pathlib.Path(path)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else None


def _needs_of(objects):
    """By the compiler's own account, which ninja keeps."""
    needs, current = {}, None
    for line in output_of(["ninja", "-C", BUILD, "-t", "deps", *objects]).splitlines():
        if line[:1].strip():
            current = needs.setdefault(line.split(":")[0], set())
        elif line.strip():
            current.add(_relative(os.path.normpath(BUILD / line.strip())))
    return needs


def _built(name, procedures, compiled):
    link = shlex.split(output_of(["ninja", "-C", BUILD, "-t", "commands", name]).splitlines()[-1])
    link = [word for word in link if word not in (":", "&&")]
    objects = [compiled[word] for word in link if word in compiled]
    needs = _needs_of([object.path for object in objects])
    for object in objects:
        object.needs = needs.get(object.path, set()) | {object.source}
    return Library(name, procedures, objects, link)


def _tutorial(folder):
    """The page compiles and links it in one step; its objects are not part of a build."""
    object = str(folder / "tutorial.o")
    compile = ["cc", "-O1", "-fPIC", f"-I{ROOT}", "-o", object, "-c", str(ROOT / TUTORIAL)]
    library = Library("tutorial", ["IOProc"], [Object(object, TUTORIAL, compile, {TUTORIAL})],
                      ["cc", "-shared", "-o", str(folder / "tutorial.so"), object])
    output_of(compile)
    output_of(library.link)
    return library


def find_libraries(folder):
    """Of the build as it is; `folder` receives what is not part of it."""
    compiled = {}
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        command = shlex.split(entry["command"])
        path = command[command.index("-o") + 1]
        compiled[path] = Object(path, _relative(entry["file"]), command)
    gallery = sorted(path.stem for path in (ROOT / "fixtures/procedures/odd").iterdir()
                     if path.suffix in (".c", ".cpp"))
    return [_built("reference_proc", ["PlainFileProc", "BufferedFileProc"], compiled),
            _built("memory_proc", ["MemoryProc"], compiled),
            *(_built(name, ["IOProc"], compiled) for name in gallery),
            _tutorial(folder)]


def sources_of(libraries):
    """Sources, and headers beside them, of procedures."""
    sources = {object.source for library in libraries for object in library.objects}
    folders = {os.path.dirname(source) for source in sources}
    needed = {need for library in libraries for object in library.objects for need in object.needs if need}
    return sorted(need for need in needed if os.path.dirname(need) in folders and need not in NO_PROCEDURE)


def _recompiled(command, folder, source, object):
    """In `folder` lies what is changed; it is looked for there first."""
    words = [str(folder / source) if word == str(ROOT / source) and (folder / source).exists() else word
             for word in command]
    words[words.index("-o") + 1] = str(object)
    first = next(i for i, word in enumerate(words) if word.startswith("-I"))
    return [*words[:first], "-w", f"-I{folder}", *words[first:]]


class DoesNotCompile(Exception):
    pass


def build_mutant(library, mutant, folder):
    """The changed library in `folder`; None if the compiler makes the same of it as of the unchanged source."""
    changed = folder / mutant.source
    changed.parent.mkdir(parents=True, exist_ok=True)
    changed.write_text(mutant.text)
    link, differs = list(library.link), False
    for number, object in enumerate(library.objects):
        if mutant.source not in object.needs:
            continue
        path = folder / f"{number}.o"
        if run(_recompiled(object.compile, folder, object.source, path)).returncode != 0:
            raise DoesNotCompile
        differs = differs or path.read_bytes() != (BUILD / object.path).read_bytes()
        link[link.index(object.path)] = str(path)
    if not differs:
        return None
    path = folder / library.path.name
    link[link.index("-o") + 1] = str(path)
    if run(link).returncode != 0:
        raise DoesNotCompile
    return path
