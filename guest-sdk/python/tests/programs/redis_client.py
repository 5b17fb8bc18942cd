"""redis-py: `redis_client.py tcp PORT` or `redis_client.py unix PATH`."""

import sys

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

kind, where = sys.argv[1:]
place = {"host": "127.0.0.1", "port": int(where)} if kind == "tcp" else {"unix_socket_path": where}
# By default it tries again for seconds when it is refused.
client = redis.Redis(**place, retry=Retry(NoBackoff(), 0))

print("ping", client.ping())
client.flushall()

print("set", client.set("greeting", "hello"), client.get("greeting"), client.get("nothing"))
large = bytes(range(256)) * 8192
client.set("large", large)
print("large", client.get("large") == large)
print("hash", client.hset("user", mapping={"name": "Ada", "born": 1815}), client.hgetall("user"))

with client.pipeline(transaction=True) as pipeline:
    for number in range(1000):
        pipeline.rpush("list", number)
    pipeline.lrange("list", 0, 2)
    results = pipeline.execute()
print("pipeline", len(results), results[-2:])

with client.pipeline() as pipeline:
    pipeline.watch("counter")
    client.incr("counter")
    pipeline.multi()
    pipeline.incr("counter")
    try:
        pipeline.execute()
    except redis.WatchError as error:
        print("watch", type(error).__name__, client.get("counter"))

subscriber = client.pubsub()
subscriber.subscribe("news")
subscriber.psubscribe("news.*")
print("subscribed", subscriber.get_message(timeout=5), subscriber.get_message(timeout=5))
print("nothing yet", subscriber.get_message(timeout=0.05))
print("published", client.publish("news", "first"), client.publish("news.local", b"second"))
print("heard", subscriber.get_message(timeout=5), subscriber.get_message(timeout=5))
subscriber.close()

print("waited in vain", client.blpop("empty", timeout=0.2))
try:
    client.incr("greeting")
except redis.ResponseError as error:
    print("error", error)

impatient = redis.Redis(**place, socket_timeout=0.1, retry=Retry(NoBackoff(), 0))
try:
    impatient.blpop("empty", timeout=10)
except redis.TimeoutError as error:
    print("timeout", type(error).__name__)

print("scan", sorted(client.scan_iter()))
client.close()
