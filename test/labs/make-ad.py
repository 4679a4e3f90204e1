"""A Samba Active Directory for CORP.EXAMPLE in the folder given, with the accounts that tests log in with.

The files only: test/support/directory/ad.ts copies them and starts the server. The accounts are in accounts.json beside this
script; `is` of an account says what is special about it.
"""
import json, pathlib, subprocess, sys

import ldb
from samba import dsdb
from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB

folder = pathlib.Path(sys.argv[1]).absolute()
accounts = json.loads(pathlib.Path(__file__).with_name("accounts.json").read_text("utf-8"))
base = "DC=corp,DC=example"

subprocess.run(
    ["samba-tool", "domain", "provision", "--server-role=dc", "--use-rfc2307", "--dns-backend=SAMBA_INTERNAL",
     "--realm=CORP.EXAMPLE", "--domain=CORP", "--host-name=dc1", "--host-ip=127.0.0.1", "--host-ip6=::1",
     f"--adminpass={accounts['administrator']}", f"--targetdir={folder}",
     "--option=bind interfaces only=yes", "--option=interfaces=lo"],
    check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

settings = LoadParm()
settings.load(str(folder / "etc/smb.conf"))
sam = SamDB(url=str(folder / "private/sam.ldb"), session_info=system_session(), lp=settings)


def change(dn, attribute, value, controls=()):
    message = ldb.Message(ldb.Dn(sam, str(dn)))
    message[attribute] = ldb.MessageElement(value, ldb.FLAG_MOD_REPLACE, attribute)
    sam.modify(message, list(controls))


# The files are older than the test that uses them: what is locked stays so, and only a password of 2001 is too old.
day = 24 * 60 * 60 * 10**7
change(base, "maxPwdAge", str(-3650 * day))
change(base, "lockoutDuration", str(-(2**63)))
change(base, "lockoutThreshold", "0")

of2001 = "126227808000000000"
SPECIAL = {
    "disabled": lambda dn, name: sam.disable_account(f"(sAMAccountName={name})"),
    "expired": lambda dn, name: change(dn, "accountExpires", of2001),
    "must-change": lambda dn, name: change(dn, "pwdLastSet", "0"),
    "password-expired": lambda dn, name: change(dn, "pwdLastSet", of2001, [f"local_oid:{dsdb.DSDB_CONTROL_BYPASS_PASSWORD_HASH_OID}:0"]),
    "locked": lambda dn, name: change(dn, "lockoutTime", of2001, ["relax:0"]),
    "logon-hours": lambda dn, name: change(dn, "logonHours", bytes(21)),
    "workstation": lambda dn, name: change(dn, "userWorkstations", "RECEPTION-PC"),
}

for unit in accounts["units"]:
    sam.create_ou(f"OU={unit},{base}")
for name, account in accounts["users"].items():
    dn = ldb.Dn(sam, base)
    dn.add_child(f"OU={account['unit']}")
    child = ldb.Dn(sam, "CN=x")
    child.set_component(0, "CN", account["cn"])
    full = child
    full.add_base(dn)
    sam.add({
        "dn": full, "objectClass": "user", "sAMAccountName": name, "userPrincipalName": f"{name}@corp.example",
        "sn": account["sn"], "displayName": account["cn"], "mail": account["mail"],
    })
    sam.setpassword(f"(distinguishedName={ldb.binary_encode(str(full))})", account["password"], False)
    sam.enable_account(f"(distinguishedName={ldb.binary_encode(str(full))})")
    if "is" in account:
        SPECIAL[account["is"]](full, name)
for name, members in accounts["groups"].items():
    sam.newgroup(name, groupou="OU=Groups")
for name, members in accounts["groups"].items():
    sam.add_remove_group_members(name, members, add_members_operation=True)
