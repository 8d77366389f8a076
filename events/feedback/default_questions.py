"""What is asked after an event until the office writes questions of its own for the programme."""

from events.feedback.questions import Option, Question

DEFAULT = (
    Question("overall", "good", {
        "de": "Wie hat Ihnen die Veranstaltung insgesamt gefallen?",
        "en": "How did you like the event overall?",
        "tr": "Etkinliği genel olarak nasıl buldunuz?",
        "ar": "ما رأيكم في الفعالية بشكل عام؟",
    }, required=True),
    Question("useful", "agree", {
        "de": "Ich habe etwas erfahren, das ich gebrauchen kann.",
        "en": "I learned something that I can use.",
        "tr": "İşime yarayacak şeyler öğrendim.",
        "ar": "تعلمتُ شيئًا يمكنني الاستفادة منه.",
    }),
    Question("clear", "agree", {
        "de": "Ich habe alles gut verstanden.",
        "en": "I understood everything well.",
        "tr": "Her şeyi iyi anladım.",
        "ar": "فهمتُ كل شيء جيدًا.",
    }),
    Question("part", "agree", {
        "de": "Ich konnte Fragen stellen und mitreden.",
        "en": "I was able to ask questions and have my say.",
        "tr": "Soru sorabildim ve söz alabildim.",
        "ar": "استطعتُ أن أطرح الأسئلة وأن أشارك في النقاش.",
    }),
    Question("frame", "good", {
        "de": "Wie gut haben Ort, Zeit und Ablauf für Sie gepasst?",
        "en": "How well did the place, the time and the schedule suit you?",
        "tr": "Yer, zaman ve akış size ne kadar uygundu?",
        "ar": "ما مدى ملاءمة المكان والوقت وسير الفعالية لكم؟",
    }),
    Question("recommend", "choice", {
        "de": "Würden Sie die Veranstaltung weiterempfehlen?",
        "en": "Would you recommend the event to others?",
        "tr": "Etkinliği başkalarına tavsiye eder misiniz?",
        "ar": "هل توصون الآخرين بهذه الفعالية؟",
    }, options=(
        Option("yes", {"de": "Ja", "en": "Yes", "tr": "Evet", "ar": "نعم"}),
        Option("maybe", {"de": "Vielleicht", "en": "Maybe", "tr": "Belki", "ar": "ربما"}),
        Option("no", {"de": "Nein", "en": "No", "tr": "Hayır", "ar": "لا"}),
    )),
    Question("liked", "text", {
        "de": "Was war gut?",
        "en": "What was good?",
        "tr": "Neler iyiydi?",
        "ar": "ما الذي كان جيدًا؟",
    }),
    Question("better", "text", {
        "de": "Was können wir besser machen?",
        "en": "What can we do better?",
        "tr": "Neyi daha iyi yapabiliriz?",
        "ar": "ما الذي يمكننا تحسينه؟",
    }),
    Question("wishes", "text", {
        "de": "Welche Themen wünschen Sie sich?",
        "en": "Which topics would you like?",
        "tr": "Hangi konuları istersiniz?",
        "ar": "ما المواضيع التي ترغبون فيها؟",
    }),
)  # fmt: skip
