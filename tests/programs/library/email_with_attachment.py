import email
from email import policy
from email.message import EmailMessage
from email.utils import formataddr, parseaddr

message = EmailMessage()
message["From"] = formataddr(("Zoë Quill", "zoe@example.org"))
message["To"] = "Bob <bob@example.com>, carol@example.net"
message["Subject"] = "Résumé für Dienstag"
message["Date"] = "Tue, 05 Mar 2024 09:30:00 +0000"
message.set_content("Hello Bob,\n\nsee the table — regards\n", cte="quoted-printable")
message.add_attachment(b"a,b\n1,2\n", maintype="text", subtype="csv", filename="table.csv")
message.set_boundary("=-=-fixed-=-=")

wire = message.as_bytes()
print(wire.decode("ascii"))

back = email.message_from_bytes(wire, policy=policy.default)
print(back["subject"], "|", parseaddr(back["from"]))
print([a.addr_spec for a in back["to"].addresses], back["date"].datetime.isoformat())
print(back.get_body(("plain",)).get_content().splitlines())
for part in back.iter_attachments():
    print(part.get_filename(), part.get_content_type(), repr(part.get_content()))
