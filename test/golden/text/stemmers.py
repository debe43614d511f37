"""Writes stemmers.json: stems of our own sentences, and hashes of the stems of published vocabularies, by Snowball's own Python package and by
NLTK's Lancaster. Run, with a folder that has LANGUAGE/voc.txt and LANGUAGE/output.txt as snowballstem/snowball-data publishes them:
pip install snowballstemmer==3.1.1 nltk && python test/golden/text/stemmers.py FOLDER"""
import hashlib
import json
import pathlib
import sys

import snowballstemmer
from nltk.stem import LancasterStemmer

sentences = {
    "arabic": "والكتب الجديدة للمعلمين في المدارس الكبيرة كانت مفيدة للطلاب فاستخدموها يكتبون بأقلامهم",
    "armenian": "երեխաները գնացին դպրոցներից տուն և կարդում էին նոր գրքերը քաղաքներում",
    "basque": "etxeetako haurrek liburu berriak irakurtzen zituzten mendietan eta hondartzetan",
    "catalan": "les noies llegien llibres antics mentre caminaven ràpidament pels carrers de les ciutats",
    "czech": "nejkrásnější knihy dětem četly učitelky v městských knihovnách během zimních večerů",
    "danish": "børnene læste de gamle bøger i bibliotekerne og løb hurtigt hjem gennem gaderne",
    "dutch": "de kinderen lazen oude boeken in de bibliotheken en liepen langzaam door mogelijkheden gegeven",
    "english": "children's generously flying communities were nationally skis dying hopping innings organization happily nearby yellow",
    "esperanto": "la infanoj legis malnovajn librojn en la bibliotekoj kaj kuris hejmen rapide",
    "estonian": "lapsed lugesid raamatukogudes vanu raamatuid ja jooksid kiiresti koju läbi tänavate",
    "finnish": "lapset lukivat vanhoja kirjoja kirjastoissa ja juoksivat nopeasti koteihinsa kauneimpien katujen kautta",
    "french": "les enfants lisaient continuellement les vieux livres dans les bibliothèques municipales et marchaient rapidement",
    "german": "die kinder lasen alte bücher in den häusern und liefen fröhlich durch größere straßen der möglichkeiten",
    "greek": "τα παιδια διαβαζουν παλια βιβλια στις βιβλιοθηκες και τρεχουν γρηγορα στους δρομους",
    "hindi": "बच्चे पुस्तकालयों में पुरानी किताबें पढ़ते थे और लड़कियाँ गलियों से दौड़ती थीं",
    "hungarian": "a gyerekek régi könyveket olvastak a könyvtárakban és gyorsan hazafutottak az utcákon",
    "indonesian": "anak-anaknya membaca buku-buku lama di perpustakaan dan berlari menyeberangi kejalanan",
    "irish": "léigh na leanaí seanleabhair sna leabharlanna agus rith siad go tapa abhaile bpáirceanna",
    "italian": "le bambine leggevano continuamente vecchi libri nelle biblioteche mentre camminavano velocemente parlandogli",
    "lithuanian": "vaikai skaitė senas knygas bibliotekose ir greitai bėgo namo miesto gatvėmis",
    "nepali": "बालकहरू पुस्तकालयमा पुराना किताबहरू पढ्दै थिए र केटीहरूले गाउँबाट ल्याए",
    "norwegian": "barna leste de gamle bøkene i bibliotekene og løp fortest hjem gjennom gatene",
    "persian": "کودکان کتاب‌های قدیمی را در کتابخانه‌هایشان می‌خواندند و دختران بزرگترین شهرها را دیدند",
    "polish": "dzieci czytały najstarsze książki w bibliotekach i szybko biegały ulicami miasta",
    "portuguese": "as crianças liam continuamente livros antigos nas bibliotecas municipais e caminhavam rapidamente",
    "romanian": "copiii citeau cărțile vechi în bibliotecile orașelor și alergau repede pe străzile frumoase",
    "russian": "дети читали старинные книги в библиотеках и быстро бежали домой по красивейшим улицам",
    "sesotho": "bana ba ne ba balla dibuka tsa kgale dilaeboraring mme ba matha mebileng",
    "spanish": "las niñas leían continuamente libros antiguos en las bibliotecas municipales mientras caminaban rápidamente dándoselo",
    "swedish": "barnen läste de gamla böckerna i biblioteken och sprang snabbast hem genom gatorna",
    "turkish": "çocuklar kütüphanelerde eski kitapları okuyorlardı ve evlerine hızlıca koştular sokaklarımızdan",
    "lancaster": "maximum presumably multiply provision owed ear saying crying string meant cement happiness ponies it's naïvely",
}


def stems(name: str, words: list[str]) -> list[str]:
    if name == "lancaster":
        stemmer = LancasterStemmer()
        return [stemmer.stem(word) for word in words]
    return snowballstemmer.stemmer(name).stemWords(words)


def lines(path: pathlib.Path) -> list[str]:
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


data = pathlib.Path(sys.argv[1])
golden = {}
for name, sentence in sentences.items():
    words = sentence.split()
    golden[name] = {"words": sentence, "stems": " ".join(stems(name, words))}
    # Lancaster has no vocabulary of its own.
    path = data / ("english" if name == "lancaster" else name) / "voc.txt"
    if path.exists():
        of_vocabulary = stems(name, [word for word in lines(path)])
        golden[name]["vocabulary"] = hashlib.sha256("\n".join(of_vocabulary).encode()).hexdigest()[:8]
        published = data / name / "output.txt"
        if published.exists():
            other = sum(a != b for a, b in zip(of_vocabulary, lines(published), strict=True))
            print(name, len(of_vocabulary), "words,", other, "other than published")
    else:
        print(name, "has no vocabulary")
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(golden, ensure_ascii=False, indent="\t") + "\n", encoding="utf-8")
