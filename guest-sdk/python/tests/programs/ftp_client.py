"""ftplib: `ftp_client.py PORT`. Passive, as is usual; then active, where the server connects to the guest."""

import ftplib
import hashlib
import io
import sys

data = bytes(range(256)) * 4096

with ftplib.FTP() as ftp:
    ftp.connect("127.0.0.1", int(sys.argv[1]), timeout=30)
    print(ftp.login())
    print(ftp.mkd("folder"), ftp.cwd("folder"), ftp.pwd())
    for passive in (True, False):
        ftp.set_pasv(passive)
        print("passive" if passive else "active", ftp.storbinary("STOR file.bin", io.BytesIO(data)))
        digest = hashlib.sha256()
        print(ftp.retrbinary("RETR file.bin", digest.update), digest.digest() == hashlib.sha256(data).digest())
        names = ftp.nlst()
        ftp.voidcmd("TYPE I")
        print(names, ftp.size("file.bin"), [name for name, facts in ftp.mlsd() if facts["type"] == "file"])
    try:
        ftp.retrbinary("RETR nothing", print)
    except ftplib.error_perm as error:
        print(type(error).__name__, str(error)[:3])
    ftp.delete("file.bin")
    ftp.cwd("/")
    ftp.rmd("folder")
    print(ftp.nlst())
