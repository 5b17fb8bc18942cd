"""paho-mqtt without threads: `mqtt_client.py forever PORT` or `mqtt_client.py loop PORT`."""

import sys

from paho.mqtt import client as mqtt

if mqtt.ssl is None:
    # paho names ssl's exceptions also where Python has no ssl, natively as well.
    class WithoutSSL:
        SSLWantReadError = SSLWantWriteError = ()

    mqtt.ssl = WithoutSSL

how, port = sys.argv[1], int(sys.argv[2])
heard: list[str] = []
expected = 5


def on_connect(client, userdata, flags, reason, properties):
    print("connected", reason, flags.session_present)
    client.subscribe([("room/+/temperature", 2), ("control/#", 1)])


def on_subscribe(client, userdata, mid, reasons, properties):
    print("subscribed", [str(reason) for reason in reasons])
    client.publish("room/kitchen/temperature", "21.5", qos=0)
    client.publish("room/attic/temperature", "14", qos=1)
    client.publish("room/cellar/temperature", b"\0\xff", qos=2)
    client.publish("control/large", b"x" * 300_000, qos=1)
    client.publish("elsewhere", "not for us", qos=1)
    client.publish("control/end", "end", qos=2)


def on_message(client, userdata, message):
    heard.append(f"{message.topic} {message.qos} {len(message.payload)} {message.payload[:10]!r}")
    if len(heard) == expected:
        client.disconnect()


def on_disconnect(client, userdata, flags, reason, properties):
    print("disconnected", reason)


client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="the-guest", protocol=mqtt.MQTTv5)
client.on_connect = on_connect
client.on_subscribe = on_subscribe
client.on_message = on_message
client.on_disconnect = on_disconnect
client.will_set("control/will", "gone", qos=1)
client.connect("127.0.0.1", port, keepalive=30)
if how == "forever":
    client.loop_forever()
else:
    while client.loop(timeout=5) == mqtt.MQTT_ERR_SUCCESS:
        pass
for line in sorted(heard):
    print(line)
