"""Texts that attack a terminal program. Real desks receive them by mail; the sandbox has some always."""

_ST = "\x1b\\"

HOSTILE: dict[str, str] = {
    "csi": "A\x1b[45;5mZQZ\x1b[0mB",
    "osc52": "A\x1b]52;c;UFdORUQ=" + _ST + "ZQZB",
    "title": "A\x1b]0;PWNTITLE" + _ST + "ZQZB",
    "decrqss": 'A\x1bP$q"p' + _ST + "ZQZ\x1b[21tB",
    "osc8": "A\x1b]8;;http://evil.test/" + _ST + "ZQZ\x1b]8;;" + _ST,
    "c1": "A\x9d52;c;UFdORUQ=\x9cZQZ\x9b45m",
    "bs_cr_nul": "A\r\b\x00\x7fZQZ",
    "style": "[bold red]ZQZ[/]",
    "click": "[@click=app.pwn]ZQZ[/]",
    "clickbypass": "[ @click=app.pwn]ZQZ",
    "link": "[link='http://evil.test/']ZQZ[/link]",
    "linkesc": "[link='http://x\x1b\\\x1b]52;c;UFdORUQ=\x1b\\']ZQZ[/link]",
    "close": "ZQZ [/foo] tail",
    "kv": 'ZQZ [lock=SAFE,a] [true, false] [00] {"a": [1, 2]}',
    "bidi": "ZQZ\u202egpj.exe\u2066x\u2069",
    "zw": "Z\u200bQ\u2060Z\ufeff\U000e0041",
    "flood": "ZQZ" + "\u0301" * 3000 + "end",
    "surrogate": "ZQZ\ud83d",
    "mdlink": "[ZQZ](http://evil.test/) <b>x</b> ![i](http://evil.test/i.png)",
    "wide": "ＺＱＺ　 全角 👩‍👩‍👧‍👦 🇧🇷 " + "界" * 60,
    "endless": "ZQZ" + "palavrasemespaço" * 120,
}
"""Name and text. ``ZQZ`` marks what may be shown; nothing else of the attack may act."""
