"""Delivery reports as mail servers write them, about mails of ours."""

from email.message import EmailMessage

from events.mail.composing import ComposedMail

GONE = "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <amira@example.org>: User unknown\n"

REPORT = """From: MAILER-DAEMON@mx.example.org
To: ki@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x1"

--x1
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you …

--x1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Tue, 12 Jan 2027 17:30:00 +0100

{recipients}
--x1
{returned}

--x1--
"""


def a_report(
    mail: ComposedMail,
    fields: str = GONE,
    *,
    to: str = "amira@example.org",
    headers_only: bool = False,
    message_id: str | None = None,
) -> bytes:
    """What the server of `to` says of `mail`; `fields` are those of the recipient after its address."""
    headers = f"Subject: Probe\nMessage-ID: {message_id or mail.message_id}\nTo: {mail.recipient}\n"
    kind = "text/rfc822-headers" if headers_only else "message/rfc822"
    returned = f"Content-Type: {kind}\n\n{headers}" + ("" if headers_only else "\nDer Text der Mail\n")
    recipients = f"Final-Recipient: rfc822; {to}\n{fields}"
    return REPORT.format(recipients=recipients, returned=returned).encode()


def a_plain_mail(subject: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "amira@example.org", "ki@example.org", subject
    message.set_content("Guten Tag")
    return message.as_bytes()
