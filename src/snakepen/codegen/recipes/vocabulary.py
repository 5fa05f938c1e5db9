"""Words that mean the same whatever is asked for: those that say nothing, and those that ask for something else."""

from typing import Final

_EMPTY: Final = """
    a an the this that these those it its there here some any one each every all both another other own
    i im id ive me my mine we us our you your he she they them their someone somebody something anything smth sth
    am is are was be been being do does did doing have has had having get gets got getting
    can could would should will shall may might must let lets
    of in on at to for from by with as into onto about over out up off per via and or so then than but if else
    when while where how which who whom also too very really quite please pls plz kindly thanks thank thx ty
    hi hey hello dear good nice cool great fun funny neat simple basic easy small little tiny short quick fast
    mini new fancy beautiful pretty classic standard typical complete full whole working real proper own best
    create make write build code develop implement design generate give show display print output produce program
    programme script app application tool software thing stuff version example sample demo code snippet solution
    need want wanna like love try use uses using used run runs work works allow allows able
    ask asks asking enter enters entered type types typed input inputs user users person people somebody
    tell tells say says return returns take takes given let start
    python python3 py beginner beginners homework school project exercise task assignment learning learn practice
    console terminal command cli text interactive interface function functions
    now today way ways kind
    showing displaying printing support supports supporting include includes including provide provides
    s t yes ok okay well etc eg ie number much many what
"""
EMPTY_WORDS: Final = frozenset(_EMPTY.split())

EMPTY_PHRASES: Final = (
    "python 3",
    "in python",
    "text based",
    "step by step",
    "command line",
    "for a|my|our|the class",
    "as well",
    "just a|an|want|need|make|write|give|show",
)

# Each asks for another language, another place to run, help with code that is there, an answer in words, or something
# that no recipe does. A recipe that has the word among its own is not refused for it.
_REFUSALS: Final = """
    javascript,typescript,js,ts,node,nodejs,java,kotlin,swift,rust,golang,in go,in r,c,cpp,csharp,fortran,cobol,perl
    php,ruby,scala,haskell,lisp,matlab,julia,lua,bash,powershell,vba,assembly,sql,excel,scratch,arduino,raspberry
    react,vue,angular,svelte,django,fastapi,streamlit,gradio,kivy,pygame,turtle,tkinter,qt,pyqt,gui,jupyter,notebook
    android,ios,iphone,phone,mobile,windows,mac,linux,docker,kubernetes,aws,cloud,server,website,webpage,web,browser
    html,css,online,internet,multiplayer,login,email,sms,whatsapp,telegram,discord,slack,twitter,youtube,spotify,amazon
    bot,chatbot,chatgpt,gpt,llm,ai,neural,tensorflow,pytorch,api,voice,speech,audio,music,video,camera,photo,pdf,3 d
    fix,debug,bug,error,refactor,improve,optimize,optimise,rewrite,review,unit test,pytest,test for,document
    explain,why,what does,meaning,difference,compare to,history of,essay,poem,story,article
    french,german,spanish,italian,chinese,japanese,russian,wikipedia,google,facebook,instagram
    translate,install,download,upload,deploy,hack,crack,steal
    no,not,dont,doesnt,without,except,instead,never,nothing
"""
REFUSALS: Final = tuple(phrase for line in _REFUSALS.split("\n") for phrase in line.strip().split(",") if phrase)

# To answer these in words is not ours; but a program that took its number or its text shows the answer.
QUESTIONS: Final = ("what is|are", "whats")

# Words that say nothing, unless something is of or about them, or they are counted: `a picture of me`, `10 users`.
_SUBJECTS: Final = (
    "me|us|you|him|her|them|person|people|somebody|someone|something|thing|stuff|school|homework|project|class|classes"
    "|function|text|python|program|script|app|application|software|code"
)
SUBJECTS: Final = (
    f"of|about {_SUBJECTS}",
    f"of|about a|an|the|my|our|your|some|this|that|these|those {_SUBJECTS}",
    f"@ {_SUBJECTS}|user",
)
# They say nothing of a program that asks for what it needs; others never ask.
ASKING: Final = frozenset(
    ["ask", "asks", "asking", "enter", "enters", "entered", "type", "types", "typed", "input", "inputs"]
)
# Said first they say nothing; later they are what is to be shown, hashed or enciphered.
GREETINGS: Final = frozenset(["hello", "hi", "hey"])
