"""What runs on the developer's machine: from a program and its requirements to a component."""
