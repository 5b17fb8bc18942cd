"""paho-mqtt and Mosquitto."""

from tests import servers
from tests.libraries import LibraryTests

# paho binds to any address before it connects, unless it is told which.
BIND = "tcp bind 0.0.0.0:0"


class Mqtt(LibraryTests):
    def test_paho_loops_without_a_thread_under_two_grants(self) -> None:
        with servers.mosquitto() as server:
            allow = [BIND, f"tcp connect 127.0.0.1:{server.port}"]
            said = self.same("mqtt_client.py", ["forever", server.port], allow)
        self.assertIn("room/cellar/temperature 2 2 b'\\x00\\xff'", said)

    def test_paho_wakes_itself_over_loopback_in_its_other_loop(self) -> None:
        """`loop()` makes a pair of sockets by connecting to a listener of its own, as Windows needs it."""
        with servers.mosquitto() as server:
            allow = [BIND, f"tcp connect 127.0.0.1:{server.port}", "tcp listen 127.0.0.1:0", "tcp connect 127.0.0.1:*"]
            self.same("mqtt_client.py", ["loop", server.port], allow)
            self.refused("mqtt_client.py", ["loop", server.port], "tcp listen 127.0.0.1:0", allow=allow[:2])

    def test_without_the_grant_the_refusal_names_it(self) -> None:
        with servers.mosquitto() as server:
            self.refused(
                "mqtt_client.py", ["forever", server.port], f"tcp connect 127.0.0.1:{server.port}", allow=[BIND]
            )
