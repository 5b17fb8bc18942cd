"""What goes into the component: `_socket` and `select` over the WIT, and what starts the program.

Nothing here is imported outside a component. The modules are imported while the component is built, when no call into
the WIT may be made (it would end the build), and used when it runs.
"""
