"""The module that componentize-py makes a component of."""

from wit_world import exports

from . import preparation

preparation.prepare()


class Run(exports.Run):
    """`wasi:cli/run`."""

    def run(self) -> None:
        """Runs the program; returns for success alone, and ends the component otherwise."""
        preparation.run()
