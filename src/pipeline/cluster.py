"""Reads papers on a cluster, by way of its dask scheduler."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.elsewhere import Elsewhere, NotReading
from pipeline.options import Options

_PATIENCE = 20
"""Seconds in which a scheduler should answer."""


@contextmanager
def cluster(address: str, options: Options) -> Iterator[Elsewhere]:
    """Use the workers of a dask scheduler, as long as the `with` statement lasts.

    Raises:
        NotReading: dask is not installed, the scheduler does not answer, or it has no workers.
    """
    try:
        from distributed import Client
    except ImportError:
        what = "--scheduler needs dask, which is not installed"
        raise NotReading(f"{what}: pip install '.[dask]'") from None
    for name in ("distributed", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what it has to say is said by the papers' rows, or here
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            client = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, ImportError) as error:
            what = f"--scheduler {address}: it does not answer ({str(error) or type(error).__name__})"
            raise NotReading(f"{what}; see whether it runs, and whether its port is open") from error
        with client:
            if not client.scheduler_info(n_workers=-1)["workers"]:
                raise NotReading(f"--scheduler {address}: it has no workers; start some with 'dask worker {address}'")
            executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
            yield Elsewhere(executor, options)
