"""What is told to the person who builds."""


class BuildError(Exception):
    """Why there is no component, and what to do next."""

    def __init__(self, message: str, next_step: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        lines = [f"error: {self.message}"]
        if self.next_step is not None:
            lines.append(f"  next: {self.next_step}")
        return "\n".join(lines)
