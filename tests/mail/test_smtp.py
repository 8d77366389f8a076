"""Talking to real servers that greylist, refuse, hang up or are not there."""

import pytest
from aiosmtpd.smtp import AuthResult

from events.mail.rules import Stage
from events.mail.smtp import Server, SmtpTransport, server_from
from events.mail.transport import Letter, NotDelivered
from tests.mail.letters import NOW, a_mail
from tests.mail.servers import Behaviour, mail_server, unused_port


def a_letter(to: str = "amira@example.org") -> Letter:
    mail = a_mail(to)
    return Letter(mail.id, mail.kind, mail.sender, mail.recipient, mail.content, NOW)


async def refusal_of(transport: SmtpTransport, letter: Letter) -> tuple[Stage, int | None]:
    with pytest.raises(NotDelivered) as trouble:
        await transport.send(letter)
    return trouble.value.stage, trouble.value.code


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp://mail.example.org", Server("mail.example.org", 25, "smtp")),
        ("smtps://mail.example.org", Server("mail.example.org", 465, "smtps")),
        (
            "smtp+starttls://ki%40example.org:a%2Fb@mail.example.org:2525",
            Server("mail.example.org", 2525, "smtp+starttls", "ki@example.org", "a/b"),
        ),
    ],
)
def test_the_address_of_the_server_says_everything(address: str, server: Server) -> None:
    assert server_from(address) == server


async def test_the_bytes_arrive_as_they_were_stored() -> None:
    async with mail_server() as server:
        transport = server.transport()
        letter = a_letter()
        assert await transport.send(letter) == "2.0.0 queued"
        await transport.close()
        assert server.behaviour.accepted == [letter.content]


async def test_one_connection_carries_many_mails() -> None:
    async with mail_server() as server:
        transport = server.transport()
        for _number in range(3):
            await transport.send(a_letter())
        await transport.close()
        assert (len(server.behaviour.accepted), server.behaviour.sessions) == (3, 1)


async def test_a_refused_address_does_not_end_the_connection() -> None:
    async with mail_server(Behaviour(recipients={"dorian@example.org": ["550 5.1.1 unknown"]})) as server:
        transport = server.transport()
        assert await refusal_of(transport, a_letter("dorian@example.org")) == (Stage.RECIPIENT, 550)
        await transport.send(a_letter())
        await transport.close()
        assert (len(server.behaviour.accepted), server.behaviour.sessions) == (1, 1)


async def test_a_kept_connection_that_was_closed_meanwhile_is_opened_anew() -> None:
    async with mail_server() as first:
        transport = first.transport()
        await transport.send(a_letter())
    async with mail_server() as second:
        transport.server = Server("127.0.0.1", second.port, "smtp")
        await transport.send(a_letter())
        await transport.close()
        assert len(second.behaviour.accepted) == 1


async def test_a_server_that_hangs_up_after_the_content_leaves_the_outcome_open() -> None:
    async with mail_server(Behaviour(drop_after_content=1)) as server:
        assert await refusal_of(server.transport(), a_letter()) == (Stage.CONTENT, None)


async def test_a_refused_sender_is_told_from_a_refused_recipient() -> None:
    async with mail_server(Behaviour(sender="550 5.7.1 not you")) as server:
        assert await refusal_of(server.transport(), a_letter()) == (Stage.SENDER, 550)


async def test_nobody_there_is_no_answer() -> None:
    transport = SmtpTransport(Server("127.0.0.1", await unused_port(), "smtp"))
    assert await refusal_of(transport, a_letter()) == (Stage.CONNECTION, None)
    await transport.close()


async def test_a_wrong_password_is_told_as_such() -> None:
    def refuse(*_: object) -> AuthResult:
        return AuthResult(success=False, handled=False, message="535 5.7.8 wrong password")

    async with mail_server(authenticator=refuse, auth_require_tls=False) as server:
        transport = SmtpTransport(Server("127.0.0.1", server.port, "smtp", "ki@example.org", "wrong"))
        assert await refusal_of(transport, a_letter()) == (Stage.CONNECTION, 535)


async def test_a_server_without_encryption_gets_no_mail_when_encryption_is_asked_for() -> None:
    async with mail_server() as server:
        transport = SmtpTransport(Server("127.0.0.1", server.port, "smtp+starttls"))
        assert await refusal_of(transport, a_letter()) == (Stage.CONNECTION, 502)
        assert server.behaviour.accepted == []


async def test_an_umlaut_in_an_address_needs_a_server_that_knows_it() -> None:
    letter = a_letter("jürgen@example.org")
    async with mail_server(enable_SMTPUTF8=True) as server:
        await server.transport().send(letter)
        assert server.behaviour.accepted == [letter.content]
    async with mail_server(enable_SMTPUTF8=False) as server:
        assert await refusal_of(server.transport(), letter) == (Stage.RECIPIENT, 553)


def test_what_is_kept_of_an_answer_names_nobody() -> None:
    trouble = NotDelivered(Stage.RECIPIENT, 550, "5.1.1 <amira@example.org>: unknown\nsee amira@example.org")
    assert trouble.reply == "550 5.1.1 <…>: unknown see <…>"
