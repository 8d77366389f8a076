"""Mails about a wish for a topic: the link that proves the address, and what became of it.

Before the address is proven nothing that was typed is in them: who typed it may not be who reads it.
"""

from uuid import UUID

from events.kit.translation import localized
from events.mail.composing import ComposedMail, compose
from events.mail.queries import mails_about
from events.office.queries import office
from events.programme.entries import address_of
from events.topics.queries import TopicView, voice_address
from events.topics.tables import TopicVoice


def about(voice: UUID) -> str:
    return f"topic_voice:{voice}"


async def confirm_mail(voice: TopicVoice) -> ComposedMail:
    subject = about(voice.id)
    return compose(
        "topic_confirm",
        to=voice.email,
        language=voice.language,
        about=subject,
        sequence=len(await mails_about(subject)),
        context={"office": await office(), "link": voice_address(voice.id, voice.link_version, voice.language)},
    )


async def answer_mail(topic: TopicView, voice: TopicVoice) -> ComposedMail:
    event, language = topic.event, voice.language
    subject = about(voice.id)
    return compose(
        "topic_answered",
        to=voice.email,
        language=language,
        about=subject,
        sequence=len(await mails_about(subject)),
        context={
            "office": await office(),
            "topic": topic.title,
            "answer": topic.answer,
            "event": event,
            "title": localized(event.title, language).text if event else "",
            "link": address_of(event, language) if event else "",
        },
        priority=3,
    )
