"""Hard pages, written by hand: what is found in each of what has to be, what is missed, and what is found
wrongly."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HardPage:
    """A text and the names file for it.

    `found` identifies somebody and is found; `missed` does and is not, which is known; `wrong` is found and
    identifies nobody.
    """

    title: str
    names: str
    text: str
    found: tuple[str, ...]
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


PAGES = (
    HardPage(
        "nicknames",
        "person: Elizabeth Marsh, Liz, Betty\nperson: Theodore Quill, Teddy",
        "Liz came late. Lizzie (that is what Ted calls her) had cried; Betty Marsh is her "
        "mother's name for "
        "her. Teddy-bear, he said. Lizzy! Theo laughed. “Beth,” he said, “E.M. Forster lied.” Mrs "
        "Marsh left, "
        "Q. stayed. The marsh behind the house. T.Q. and E: both tired. Elisabeth wept, elizabeth "
        "laughed, and "
        "Eliz. slept.",
        ("Liz", "Betty Marsh", "Teddy", "Marsh", "Q.", "T.Q.", "E", "Elisabeth", "elizabeth", "Eliz"),
        ("Lizzie", "Ted", "Lizzy", "Theo", "Beth"),
        ("E.M.", "marsh"),
    ),
    HardPage(
        "names that are words",
        "person: Will May, Willy\nperson: Grace Hope\nperson: Mark Rose\nplace: Reading\nemployer: Next",
        "Will may say no, and May will say yes. May we begin, Grace asked; by the grace of God, said Mark. "
        "Mark my words: the sun rose and Rose did not. Hope is thin. I hope Hope calls. HOPE CALLS. "
        "In May it "
        "was cold. grace said so, will told me; mark was there, rose too. Next she left Next for a job in "
        "Reading; reading was hard. Reading glasses. The Will to live. Grace's hand, grace's "
        "hand, the Mays.",
        (
            *("Will", "May", "Grace", "Mark", "Rose", "Hope", "Hope", "HOPE", "Next", "Reading", "Grace"),
            *("grace", "Mays"),
        ),
        ("grace said", "will told", "mark was", "rose too"),
        ("May", "Reading", "Will"),
    ),
    HardPage(
        "small letters",
        "person: Joanna Bell, Jo\nperson: Dean Summers\nplace: Bath\nemployer: Boots",
        "joanna and dean met in bath. jo works at boots, bell said so. then jo's sister joana came, and "
        "summers left; dean's car, jo. joanna bell, dean summers, JOANNA, bath spa",
        ("joanna", "jo", "joana", "summers", "dean", "joanna bell", "dean summers", "JOANNA"),
        ("dean met", "bath.", "jo works", "boots", "bell said", "jo.", "bath spa"),
    ),
    HardPage(
        "other scripts",
        "person: Анна Петрова\nperson: 李娜, 娜娜\nperson: محمد علي\nperson: דוד כהן\nperson: Γιώργος\n"
        "person: नेहा\nperson: 김민지\nperson: さくら",
        "Анна пришла, с Анной и Аней был Петров. Anna Petrova. 李娜和娜娜说话，小李笑了。 قال محمد، ومحمد، "
        "وعليّ. דוד אמר לדוד, כהן ודודי. Ο Γιώργος, του Γιώργου, Γιώργο. नेहा ने कहा, नेहाजी। 김민지가 왔고 "
        "민지는 갔다. さくらちゃん、サクラ。 Ли На, Mohammed Ali, David Cohen.",
        (
            *("Анна", "Анной", "Петров", "李娜", "娜娜", "محمد", "ومحمد", "وعليّ", "דוד", "לדוד", "כהן"),
            *("Γιώργος", "Γιώργου", "Γιώργο", "नेहा", "김민지", "さくら"),
        ),
        (
            *("Аней", "Anna Petrova", "小李", "ודודי", "नेहाजी", "민지", "サクラ", "Ли На", "Mohammed Ali"),
            *("David Cohen",),
        ),
    ),
    HardPage(
        "right to left, emoji and marks",
        "person: Ana Rossi\nperson: נועה לוי",
        "\u202eAna\u202c and 👩‍❤️‍👨Ana🙂, **A**na, An*a*, `Ana`, [Ana](x), <b>A</b>na, A&#110;a, A n "
        "a, A-n-a, "
        "A.n.a, An\u200da, A\ufe0fna, 𝐀𝐧𝐚, Ａｎａ, ᴀɴᴀ, Αna, 4na, @na, Ana\u0308, נ\u05d5ֹעה לוי, "
        "לנועה. Ros-\nsi, "
        "AnaAna, anaesthetic",
        (
            *(
                "Ana",
                "Ana",
                "**A**na",
                "An*a*",
                "Ana",
                "Ana",
                "An\u200da",
                "A\ufe0fna",
                "𝐀𝐧𝐚",
                "Ａｎａ",
                "Αna",
            ),
            *("@na", "Ana\u0308", "נ\u05d5ֹעה לוי", "לנועה"),
        ),
        ("A</b>na", "A&#110;a", "A n a", "A-n-a", "A.n.a", "ᴀɴᴀ", "4na", "Ros-\nsi", "AnaAna"),
    ),
    HardPage(
        "front matter and a signature",
        "person: Lee Morgan\nemployer: Harbour Clinic",
        "---\nauthor: L. Morgan\ndate: 2026-03-05T10:30:00Z\nid: 4f2a9c1e-77b1-4c0e-9a3e-5d1f0b2c3d4e\n"
        "tags: [harbour]\n---\n# 5.3.\n\nSeen at the Harbour Clinic, room 4. See "
        "IMG_20260305_103000.jpg and "
        "morgan-2026.pdf.\n\nDr Lee Morgan, LMFT 98123\n"
        "harbourclinic.example | +1 (415) 555-0143 x12 | 94110\n",
        (
            *("L. Morgan", "2026-03-05T10:30:00Z", "4f2a9c1e-77b1-4c0e-9a3e-5d1f0b2c3d4e", "harbour"),
            *("Harbour Clinic", "IMG_20260305_103000", "morgan", "Lee Morgan", "98123", "harbourclinic"),
            *("+1 (415) 555-0143 x12", "94110"),
        ),
        ("5.3.",),
    ),
    HardPage(
        "a story that tells who it is without a name",
        "person: Ana Rossi",
        "She was the first woman to row the strait, the year of the ferry; her twin teaches at "
        "the island's "
        "only school, and everybody knows whose house burned the night before the wedding.",
        (),
        ("first woman to row the strait", "the year of the ferry", "only school", "whose house burned"),
    ),
)
