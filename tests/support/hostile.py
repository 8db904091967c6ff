"""What strangers may write: sequences that terminals act upon, markup, floods (reliability facts, §3)."""

_ST = "\x1b\\"
HOSTILE = {
    "csi": "A\x1b[45;5mZQZ\x1b[0mB",
    "osc52": f"A\x1b]52;c;UFdORUQ={_ST}ZQZB",
    "title": f"A\x1b]0;PWNTITLE{_ST}ZQZB",
    "decrqss": f'A\x1bP$q"p{_ST}ZQZ\x1b[21tB',
    "osc8": f"A\x1b]8;;http://evil.test/{_ST}ZQZ\x1b]8;;{_ST}",
    "c1": "A\x9d52;c;UFdORUQ=\x9cZQZ\x9b45m",
    "backspaces": "A\r\b\x00\x7fZQZ",
    "style": "[bold red]ZQZ[/]",
    "click": "[@click=app.pwn]ZQZ[/]",
    "click_bypass": "[ @click=app.pwn]ZQZ",
    "link": "[link='http://evil.test/']ZQZ[/link]",
    "link_escape": "[link='http://x\x1b\\\x1b]52;c;UFdORUQ=\x1b\\']ZQZ[/link]",
    "close": "ZQZ [/foo] tail",
    "brackets": 'ZQZ [lock=SAFE,a] [true, false] [00] {"a": [1, 2]}',
    "bidi": "ZQZ\u202egpj.exe\u2066x\u2069",
    "zero_width": "Z\u200bQ\u2060Z\ufeff\U000e0041",
    "marks": "ZQZ" + "\u0301" * 3000 + "end",
    "surrogate": "ZQZ\ud83d",
    "markdown": "[ZQZ](http://evil.test/) <b>x</b> ![i](http://evil.test/i.png)",
    "wide": "ＺＱＺ漢字かな" * 20,
    "tabs_and_lines": "ZQZ\tx\ny\x0bz\u2028w",
}
ACTED_UPON = {
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    "\u061c",
    "\u200e",
    "\u200f",
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x206A)),
}
"""Characters that must never stand in a strip."""
