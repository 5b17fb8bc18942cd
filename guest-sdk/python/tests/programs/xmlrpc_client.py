"""xmlrpc.client: `xmlrpc_client.py PORT`."""

import sys
import xmlrpc.client

with xmlrpc.client.ServerProxy(f"http://127.0.0.1:{sys.argv[1]}/", allow_none=True) as server:
    print(server.add(2, 3), server.echo({"text": "naïve", "list": [1, 2.5, None]}), server.echo(b"\0\1").data)
    print(server.system.listMethods())
    calls = xmlrpc.client.MultiCall(server)
    for number in range(50):
        calls.add(number, number)
    print(sum(calls()))
    try:
        server.add("one", 2)
    except xmlrpc.client.Fault as error:
        print(error.faultCode, "TypeError" in error.faultString)
