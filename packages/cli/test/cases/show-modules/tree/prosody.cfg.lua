-- the server
modules_enabled = {
    "roster"; "saslauth"; "tls";
    "vcard"; "vcard_legacy";
    "disco"; -- found twice
    bosh = true;
}
modules_disabled = { "offline" }
storage = { accounts = "sql"; archive = "null" }
Include "conf.d/*.cfg.lua"
