"""smtplib: `mail_client.py PORT`."""

import smtplib
import sys
from email.message import EmailMessage

with smtplib.SMTP("127.0.0.1", int(sys.argv[1]), local_hostname="guest.example", timeout=30) as smtp:
    print("hello", smtp.ehlo()[0], smtp.has_extn("8bitmime"), smtp.has_extn("starttls"))
    for subject, size in (("short", 10), ("long", 1_000_000)):
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = (
            "guest@example.com",
            "a@example.com, b@example.com",
            subject,
        )
        message.set_content("A line.\n.\n..a line that begins with dots\nGrüße\n")
        message.add_attachment(bytes(size), maintype="application", subtype="octet-stream", filename="zeros.bin")
        print("sent", subject, smtp.send_message(message))
    print("no sender yet", smtp.docmd("RCPT", "TO:<a@example.com>")[0])
    print("no recipient", smtp.mail("guest@example.com")[0], smtp.docmd("RCPT", "TO:")[0], smtp.rset()[0])
    try:
        smtp.sendmail("guest@example.com", "a@example.com", "x" * 5_000)
    except smtplib.SMTPResponseException as error:
        print(type(error).__name__, error.smtp_code)
