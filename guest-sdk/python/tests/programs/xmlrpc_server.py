"""xmlrpc.server: prints its port, and serves until it is killed."""

from xmlrpc.server import SimpleXMLRPCServer

with SimpleXMLRPCServer(("127.0.0.1", 0), logRequests=False, allow_none=True) as server:
    server.register_introspection_functions()
    server.register_multicall_functions()
    server.register_function(lambda a, b: a + b, "add")
    server.register_function(lambda value: value, "echo")
    print(server.server_address[1], flush=True)
    server.serve_forever()
