"""requests and urllib3: `web_client.py PORT SILENT_PORT`; nobody answers at the second."""

import hashlib
import sys

import requests
import urllib3

port, silent = sys.argv[1:]
base = f"http://127.0.0.1:{port}"

with requests.Session() as session:
    answers = [session.get(f"{base}/hello.txt") for _ in range(3)]
    print("hello", [(answer.status_code, answer.text) for answer in answers])
    print("connections", len({answer.headers["X-Connection"] for answer in answers}))

    moved = session.get(f"{base}/moved")
    print(
        "moved",
        moved.status_code,
        moved.text,
        [hop.status_code for hop in moved.history],
        moved.url == f"{base}/hello.txt",
    )
    print("left there", session.get(f"{base}/moved", allow_redirects=False).headers["Location"])
    try:
        session.get(f"{base}/round")
    except requests.TooManyRedirects as error:
        print("round and round", type(error).__name__)

    large = session.get(f"{base}/large.bin")
    print("large", len(large.content), hashlib.sha256(large.content).hexdigest())
    digest = hashlib.sha256()
    with session.get(f"{base}/large.bin", stream=True) as streamed:
        for piece in streamed.iter_content(100_000):
            digest.update(piece)
    print("streamed", digest.hexdigest())
    part = session.get(f"{base}/large.bin", headers={"Range": "bytes=10-19"})
    print("part", part.status_code, part.content)

    words = session.get(f"{base}/words.html")
    print("words", words.headers["Transfer-Encoding"], words.headers["Content-Encoding"], len(words.text))

    print("said", session.post(f"{base}/said", params={"q": "a b"}, headers={"X-Note": "note"}, data=b"ignored").text)
    put = session.put(f"{base}/put/whole", data=large.content)
    back = session.get(f"{base}/put/whole")
    print("put", put.status_code, back.content == large.content)
    put = session.put(f"{base}/put/chunks", data=(large.content[n : n + 50_000] for n in range(0, 400_000, 50_000)))
    back = session.get(f"{base}/put/chunks")
    print("put in chunks", put.status_code, back.content == large.content[:400_000])
    print("delete", session.delete(f"{base}/put/whole").status_code, session.delete(f"{base}/put/chunks").status_code)

    broken = session.get(f"{base}/broken")
    print("broken", broken.status_code, broken.text)
    try:
        broken.raise_for_status()
    except requests.HTTPError as error:
        print(type(error).__name__)
    try:
        session.get(f"http://127.0.0.1:{silent}/", timeout=(5, 0.2))
    except requests.ReadTimeout as error:
        print(type(error).__name__)

pool = urllib3.PoolManager(maxsize=2, retries=urllib3.Retry(2, backoff_factor=0))
answers = [pool.request("GET", f"{base}/hello.txt") for _ in range(3)]
print("urllib3", [answer.data for answer in answers], len({answer.headers["X-Connection"] for answer in answers}))
answer = pool.request("GET", f"{base}/large.bin", preload_content=False)
print("streamed", sum(len(piece) for piece in answer.stream(65536)))
answer.release_conn()
print("moved", pool.request("GET", f"{base}/moved").data)
try:
    pool.request("GET", f"{base}/broken", retries=urllib3.Retry(2, status_forcelist=[503]))
except urllib3.exceptions.MaxRetryError as error:
    print(type(error).__name__, error.reason)
