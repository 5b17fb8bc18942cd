"""smtplib with aiosmtpd."""

import email
import email.policy

from tests import servers
from tests.libraries import LibraryTests, site_packages


class Mail(LibraryTests):
    def test_smtplib_delivers_under_one_grant(self) -> None:
        with servers.smtp(site_packages()) as server:
            self.same("mail_client.py", [server.port], [f"tcp connect 127.0.0.1:{server.port}"])
            received = [path.read_bytes() for path in (server.folder / "mail" / "new").iterdir()]
        messages = [email.message_from_bytes(data, policy=email.policy.default) for data in received]
        # Two of the native run, two of the guest's.
        self.assertEqual(sorted(message["Subject"] for message in messages), ["long", "long", "short", "short"])
        for message in messages:
            body = message.get_body()
            assert body is not None
            self.assertEqual(body.get_content(), "A line.\n.\n..a line that begins with dots\nGrüße\n")
            attached = [len(part.get_content()) for part in message.iter_attachments()]
            self.assertEqual(attached, [1_000_000 if message["Subject"] == "long" else 10])

    def test_without_the_grant_the_refusal_names_it(self) -> None:
        with servers.smtp(site_packages()) as server:
            self.refused("mail_client.py", [server.port], f"tcp connect 127.0.0.1:{server.port}")
