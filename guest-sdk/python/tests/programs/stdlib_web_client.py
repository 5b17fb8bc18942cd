"""http.client and urllib.request: `stdlib_web_client.py PORT`."""

import hashlib
import http.client
import sys
import urllib.error
import urllib.request

port = int(sys.argv[1])
base = f"http://127.0.0.1:{port}"

connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
seen = set()
for path in ("/hello.txt", "/words.html", "/large.bin", "/nowhere"):
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    seen.add(answer.getheader("X-Connection"))
    print(
        path,
        answer.status,
        answer.reason,
        len(body),
        hashlib.sha256(body).hexdigest()[:16] if answer.status == 200 else "",
    )
print("connections", len(seen))
connection.request("HEAD", "/hello.txt")
answer = connection.getresponse()
print("head", answer.status, answer.getheader("Content-Length"), answer.read())
connection.request("PUT", "/put/chunked", body=iter([b"first ", b"second"]), encode_chunked=True)
answer = connection.getresponse()
print("put", answer.status, answer.read())
connection.request("GET", "/put/chunked")
print("back", connection.getresponse().read())
connection.request("DELETE", "/put/chunked")
connection.getresponse().read()
connection.request("GET", "/large.bin")
answer = connection.getresponse()
buffer = bytearray(100)
print("into", answer.readinto(buffer), bytes(buffer[:4]), answer.read1(10), len(answer.peek()) > 0)
connection.close()

with urllib.request.urlopen(f"{base}/moved") as answer:
    print("moved", answer.status, answer.read(), answer.geturl() == f"{base}/hello.txt")
try:
    urllib.request.urlopen(f"{base}/broken")
except urllib.error.HTTPError as error:
    print(error.code, error.read())
try:
    urllib.request.urlopen("http://127.0.0.1:1/")
except urllib.error.URLError as error:
    print(type(error.reason).__name__)
request = urllib.request.Request(f"{base}/said?q=x", method="POST", data=b"ignored", headers={"X-Note": "urllib"})
print(urllib.request.urlopen(request).read())
