"""The checks, one session each; ``nox`` runs them all, ``nox -s fast`` one of them.

They run in the environment that nox itself is in, so nothing is installed twice.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"
PYTHON = sys.executable
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
"""Hundreds of processes are started; none compiles what another has compiled before."""
RALPH = "ralph-malph[backend-fs,cli,lrs]==5.1.0", "requests"
"""A real Learning Record Store to send to; its libraries stay out of ours."""
QUICKLY = ("-p", "no:nbval", "--dist", "worksteal")  # nbval loads for seconds, in every process


@nox.session
def lint(session: nox.Session) -> None:
    """Style: rules and format."""
    session.run(PYTHON, "-m", "ruff", "check", ".")
    session.run(PYTHON, "-m", "ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Types, strictly."""
    session.run(PYTHON, "-m", "mypy")


@nox.session
def fast(session: nox.Session) -> None:
    """Tests that need neither kernel nor browser: one to two minutes on two cores."""
    session.run(PYTHON, "-m", "pytest", "-m", "not slow", "-n", "2", *QUICKLY, *session.posargs)


@nox.session
def slow(session: nox.Session) -> None:
    """Tests with real kernels, processes and a browser."""
    lrs = Path(".nox/lrs").resolve()
    if not (lrs / "bin" / "ralph").exists():
        session.run(PYTHON, "-m", "venv", str(lrs))
        session.run(str(lrs / "bin" / "pip"), "install", "--quiet", *RALPH)
    found = {"SALESTRAIN_LRS_VENV": str(lrs)}
    session.run(PYTHON, "-m", "pytest", "-m", "slow", "-n", "2", *session.posargs, env=found)


@nox.session
def notebooks(session: nox.Session) -> None:
    """The review notebooks still compute what they show; those of the apps run."""
    nobody = {"SALESTRAIN_RECORDS": "/nonexistent/records.db"}  # whatever was practised here
    reviews = (PYTHON, "-m", "pytest", "--nbval", "notebooks/reviews")
    session.run(*reviews, *session.posargs, env=nobody)
    session.run(PYTHON, "-m", "pytest", "--nbval-lax", "notebooks/apps", *session.posargs)
