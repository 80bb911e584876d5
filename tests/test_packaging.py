"""What a user installs: the wheel, the sdist and an editable checkout, each in an environment that has nothing else.

No network: the dependencies that pyproject.toml declares, and theirs, are copied out of the environment that runs
the tests into a folder of their own. A dependency that is used but not declared is therefore missing, and fails.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SHIPPED = (
    "pyproject.toml",
    "setup.py",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "govdisclose",
    "grammars",
)

# Runs inside the bare environment: reads the bundled report as a user would, and tells what it found.
READ = """
import importlib.util, json
from importlib.resources import files
import govdisclose as gd
report = gd.parse(files("govdisclose.examples").joinpath("example.txt").read_text("utf-8"))
print(json.dumps({
    "home": gd.__file__,
    "bare": importlib.util.find_spec("pytest") is None,
    "typed": files("govdisclose").joinpath("py.typed").is_file(),
    "form": report.tables[0].form,
    "received": report.value("requests.received"),
    "budget": str(report.value("organization.budget")),
    "sections": [section.number for section in report.sections],
}))
"""

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path, path: Path | None = None) -> str:
    """The standard output of a command that must succeed; `path` is its PYTHONPATH, otherwise it has none."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    if path:
        env["PYTHONPATH"] = str(path)
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def copy_distributions(requirements: list[str], target: Path) -> Path:
    """Copy installed distributions and all that they require into one folder, which can serve as a PYTHONPATH."""
    todo, seen = [Requirement(r) for r in requirements], set[str]()
    while todo:
        requirement = todo.pop()
        if requirement.name in seen or (
            requirement.marker and not requirement.marker.evaluate({"extra": ""})
        ):
            continue
        seen.add(requirement.name)
        found = distribution(requirement.name)
        assert requirement.specifier.contains(found.version, prereleases=True), (
            requirement
        )
        todo += map(Requirement, found.requires or ())
        for file in found.files or ():
            if ".." not in file.parts and file.suffix != ".pyc":
                to = target / file
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(str(file.locate()), to)
    return target


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the project, and none that an earlier build left behind."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def dist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel; the wheel is built from the sdist, so the sdist must be complete."""
    out = tmp_path_factory.mktemp("dist")
    run(
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--outdir",
        out,
        checkout,
        cwd=out,
    )
    return out


@pytest.fixture(scope="module")
def dependencies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the project declares that it needs, and nothing else."""
    return copy_distributions(
        PROJECT["project"]["dependencies"], tmp_path_factory.mktemp("dependencies")
    )


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What builds the project; on the path while it is installed, not when it is used."""
    return copy_distributions(
        [*PROJECT["build-system"]["requires"], "wheel"],
        tmp_path_factory.mktemp("backend"),
    )


@pytest.mark.parametrize("kind", ["wheel", "sdist", "editable"])
def test_an_installed_copy_reads_a_report(
    kind: str,
    checkout: Path,
    dist: Path,
    dependencies: Path,
    backend: Path,
    tmp_path: Path,
) -> None:
    """However it was installed, the bundled report is read from outside the checkout, with nothing missing."""
    what = {
        "wheel": dist.glob("*.whl"),
        "sdist": dist.glob("*.tar.gz"),
        "editable": iter([checkout]),
    }
    venv.create(tmp_path / "bare", with_pip=False)
    scripts = tmp_path / "bare" / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
    ]
    editable = ["--editable"] if kind == "editable" else []
    run(
        *pip,
        "--no-build-isolation",
        *editable,
        next(what[kind]),
        cwd=tmp_path,
        path=backend,
    )

    found = json.loads(run(python, "-c", READ, cwd=tmp_path, path=dependencies))
    home = Path(found.pop("home")).resolve()
    assert home.is_relative_to(
        (checkout if kind == "editable" else tmp_path / "bare").resolve()
    )
    assert found == {
        "bare": True,
        "typed": True,
        "form": "national-2014",
        "received": 37,
        "budget": "4.8",
        "sections": [1, 2, 3, 4, 5, 6],
    }
    assert "青石区水务局" in run(
        scripts / "govdisclose", "demo", cwd=tmp_path, path=dependencies
    )


def test_a_checkout_that_is_not_installed_reads_a_report(
    checkout: Path, dependencies: Path, tmp_path: Path
) -> None:
    """With the dependencies at hand, `python` started inside the checkout finds the grammars too."""
    venv.create(tmp_path / "bare", with_pip=False)
    python = tmp_path / "bare" / ("Scripts" if os.name == "nt" else "bin") / "python"
    found = json.loads(run(python, "-c", READ, cwd=checkout, path=dependencies))
    assert found["received"] == 37


def test_a_module_deleted_since_the_last_build_is_in_no_wheel(
    checkout: Path, tmp_path: Path
) -> None:
    """`pip install .` leaves a folder `build` behind, and what lies there must not get into the next wheel."""
    stale = checkout / "build" / "lib" / "govdisclose" / "deleted_since.py"
    stale.parent.mkdir(parents=True)
    stale.touch()
    pip = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
    ]
    run(*pip, "--wheel-dir", tmp_path, checkout, cwd=tmp_path)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        inside = wheel.namelist()
    assert "govdisclose/__init__.py" in inside
    assert not any("deleted_since" in name for name in inside)
    shutil.rmtree(checkout / "build")


def test_every_data_file_is_in_the_wheel(checkout: Path, dist: Path) -> None:
    """Each file of the package folders is in the wheel, under the name of its package, and nothing else is."""
    folders = {
        "govdisclose": checkout / "govdisclose",
        "govdisclose/grammars": checkout / "grammars",
    }
    shipped = {
        Path(package) / file.relative_to(folder)
        for package, folder in folders.items()
        for file in folder.rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    }
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        inside = {Path(n) for n in wheel.namelist() if ".dist-info/" not in n}
    assert inside == shipped


def test_the_sdist_has_no_file_of_this_machine(dist: Path) -> None:
    """The sdist holds the project's own files and what setuptools writes, and nothing more."""
    with tarfile.open(next(dist.glob("*.tar.gz"))) as sdist:
        tops = {n.split("/")[1] for n in sdist.getnames() if "/" in n}
    assert tops - {"PKG-INFO", "setup.cfg", "govdisclose.egg-info"} <= set(SHIPPED)
