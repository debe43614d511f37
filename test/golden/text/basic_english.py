# Makes basic_english.json: the tokens of torchtext's `basic_english` by its published rules (torchtext/data/utils.py), on our own texts.
import json, re
from pathlib import Path

rules = [
    (r"\'", " '  "), (r"\"", ""), (r"\.", " . "), (r"<br \/>", " "), (r",", " , "), (r"\(", " ( "), (r"\)", " ) "),
    (r"\!", " ! "), (r"\?", " ? "), (r"\;", " "), (r"\:", " "), (r"\s+", " "),
]


def tokens(line):
    line = line.lower()
    for pattern, replacement in rules:
        line = re.sub(pattern, replacement, line)
    return line.split()


texts = [
    "", " ", '"', '"""', "'", "Don't stop; the \"dogs'\" bowls: 3!", 'say "hi"there, "now".', "One.<br /><br />Two <BR /> three <br/> <br  />",
    'a<"br />b <br"" /> c <b"r />', "Up 5.2% (to $1,000)?! U.S. e-mail me@example.org", "tab\tline\nfeed\x0bform\x0cunit\x1fnext\x85nbsp\xa0ideo\u3000end",
    "zero\u200bwidth \ufeffmark", "İstanbul'da İİ. DİYE", "ΟΔΟΣ ΟΔΟΣ. ΟΔΟΣ'Α ΣΑΣ:Α Σ", "Ünïcödé 我爱NLP。好！ 😀👍🏽", "constructor __proto__ toString", "a\0b\x07c",
    "((nested)) ,,.. ;;:: ''", "x\u2028y\u2029z\u1680w\u180eq", "\x1cA\x1dB\x1eC", 'q"İ"r',
]
path = Path(__file__).with_suffix(".json")
path.write_text(json.dumps([{"text": text, "tokens": tokens(text)} for text in texts], ensure_ascii=True, indent="\t") + "\n")
