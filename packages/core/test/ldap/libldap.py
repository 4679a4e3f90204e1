"""Asks the real libldap 2.5. Lines in: KIND and the text in hex; lines out: "-" for refused, otherwise what libldap made of it.

filter: the BER of the filter in hex; dn: the pairs as JSON; uri: the server list that ldap_initialize understood.
"""
import ctypes, json, sys

ldap = ctypes.CDLL("libldap-2.5.so.0")
lber = ctypes.CDLL("liblber-2.5.so.0")


class Berval(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ulong), ("val", ctypes.c_void_p)]

    def bytes(self):
        return ctypes.string_at(self.val, self.len) if self.val else b""


class Ava(ctypes.Structure):
    _fields_ = [("attr", Berval), ("value", Berval), ("flags", ctypes.c_uint), ("private", ctypes.c_void_p)]


lber.ber_alloc_t.restype = ctypes.c_void_p
lber.ber_alloc_t.argtypes = [ctypes.c_int]
lber.ber_free.argtypes = [ctypes.c_void_p, ctypes.c_int]
lber.ber_flatten.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.POINTER(Berval))]
lber.ber_bvfree.argtypes = [ctypes.c_void_p]
ldap.ldap_pvt_put_filter.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
ldap.ldap_str2dn.argtypes = [ctypes.c_char_p, ctypes.c_void_p, ctypes.c_uint]
ldap.ldap_dnfree.argtypes = [ctypes.c_void_p]
ldap.ldap_initialize.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
ldap.ldap_get_option.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p]


def filter_(text):
    ber = lber.ber_alloc_t(1)
    try:
        if ldap.ldap_pvt_put_filter(ber, text) != 0:
            return "-"
        flat = ctypes.POINTER(Berval)()
        if lber.ber_flatten(ber, ctypes.byref(flat)) != 0:
            return "="
        hexed = flat.contents.bytes().hex()
        lber.ber_bvfree(flat)
        return "=" + hexed
    finally:
        lber.ber_free(ber, 1)


def dn(text):
    out = ctypes.c_void_p()
    if ldap.ldap_str2dn(text, ctypes.byref(out), 0) != 0:
        return "-"
    rdns = []
    if out.value:
        tree = ctypes.cast(out, ctypes.POINTER(ctypes.POINTER(ctypes.POINTER(Ava))))
        while tree[len(rdns)]:
            rdn, pairs = tree[len(rdns)], []
            while rdn[len(pairs)]:
                ava = rdn[len(pairs)].contents
                pairs.append([ava.attr.bytes().hex(), ava.value.bytes().hex(), bool(ava.flags & 2)])
            rdns.append(pairs)
        ldap.ldap_dnfree(out)
    return json.dumps(rdns, separators=(",", ":"))


def uri(text):
    handle = ctypes.c_void_p()
    if ldap.ldap_initialize(ctypes.byref(handle), text) != 0:
        return "-"
    servers = ctypes.c_char_p()
    ldap.ldap_get_option(handle, 0x5006, ctypes.byref(servers))
    return "=" + (servers.value or b"").hex()


KINDS = {"filter": filter_, "dn": dn, "uri": uri}
for line in sys.stdin:
    kind, _, text = line.rstrip("\n").partition(" ")
    print(KINDS[kind](bytes.fromhex(text)))
